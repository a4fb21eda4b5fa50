import { policyDocument } from "../../catalog/policy-document";

/**
 * Text about users of MongoDB Atlas who authenticate with AWS IAM. No module covers them, because the connecting user names the role.
 *
 * @param serviceRoleArn the Database Service's role, if it is known
 * @see https://goteleport.com/docs/enroll-resources/database-access/enrollment/managed/mongodb-atlas/
 */
export function atlasText(
  serviceRoleArn = "arn:aws:iam::<account>:role/<role of the Database Service>",
): readonly string[] {
  const document = (value: object): string[] =>
    JSON.stringify(value, null, 2)
      .split("\n")
      .map((line) => `    ${line}`);
  return [
    "MongoDB Atlas with AWS IAM authentication: the Database Service assumes the role that the user connects as.",
    "  Its own role needs this statement, which no module writes:",
    ...document({
      Sid: "MongoDBAtlasConnectAsIAMRole",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: "arn:aws:iam::<account>:role/<role that users connect as>",
    }),
    "  And the role that users connect as needs this trust policy:",
    ...document(
      policyDocument([
        { Effect: "Allow", Principal: { AWS: serviceRoleArn }, Action: "sts:AssumeRole" },
      ]),
    ),
  ];
}
