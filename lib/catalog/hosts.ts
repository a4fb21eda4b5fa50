/** A region's name as a label of a host. The group has the name of the field of scopes. */
export const REGION = "(?<region>[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})";

/** A region in ElastiCache's hosts: `use1` for us-east-1. */
export const REGION_CODE = "(?<region_code>[a-z0-9]+)";

/**
 * Endings of a service's endpoints: commercial and GovCloud, China, and the dual-stack form of both.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html#dual-stack-endpoints
 */
export const API_SUFFIX =
  "(?:amazonaws\\.com(?:\\.cn)?|api\\.aws|api\\.amazonwebservices\\.com\\.cn)";

/**
 * Hosts of databases with the service after the region, and before it in China:
 * `<prefix>.us-east-1.rds.amazonaws.com`, `<prefix>.rds.cn-north-1.amazonaws.com.cn`.
 *
 * @param prefix the labels in front, as the source of a regular expression
 */
export function regionalHosts(prefix: string, service: string): readonly RegExp[] {
  return [
    new RegExp(`^${prefix}\\.${REGION}\\.${service}\\.amazonaws\\.com(?:\\.cn)?$`),
    new RegExp(`^${prefix}\\.${service}\\.${REGION}\\.amazonaws\\.com\\.cn$`),
  ];
}

/** Any host of a service: the type is known, and nothing else. */
export function anyHost(service: string): RegExp {
  return new RegExp(`\\.${service}\\.([^.]+\\.)?amazonaws\\.com(\\.cn)?$`);
}
