import { connectAsRole, finds } from "./common-statements";
import type { DatabaseType } from "./database-type";
import { anyHost, REGION, regionalHosts } from "./hosts";
import { referencePage } from "./page-urls";
import { narrowedBy, on } from "./statement";

const source = referencePage("opensearch");

/** Amazon OpenSearch Service. */
export const opensearch: DatabaseType = {
  name: "opensearch",
  title: "OpenSearch",
  purpose: "Signs requests to OpenSearch as an IAM role that it assumes.",
  source,
  statements: [
    {
      sid: "OpenSearchCheckDomainURL",
      actions: ["es:DescribeDomains"],
      resources: narrowedBy({
        variable: "opensearch_domains",
        description: "OpenSearch domains whose endpoint may be looked up",
        fields: { domain_name: "opensearch_domain" },
        arns: ["es:{region}:{account}:domain/{domain_name}"],
      }),
      purpose: "Check that the URL of a discovered domain belongs to the domain.",
      omittable:
        "Needed only for domains that the Discovery Service registers. Without it, Teleport refuses those with a custom endpoint.",
      switch: on(
        "opensearch_check_domain_url",
        "Whether the Database Service may look up OpenSearch domains, to check the URLs of discovered ones.",
      ),
      source,
    },
    connectAsRole({
      sid: "OpenSearchConnectAsIAMRole",
      purpose: "Assume the IAM role that signs a user's requests.",
      source,
    }),
    finds("OpenSearchDiscovery", "OpenSearch domains", {
      actions: ["es:DescribeDomains", "es:ListDomainNames"],
    }),
    {
      ...finds("OpenSearchFetchMetadata", "OpenSearch domains", {
        actions: ["es:ListTags"],
        arns: ["es:{region}:{account}:domain/{domain_name}"],
      }),
      purpose: "Import the AWS tags of OpenSearch domains as labels.",
    },
  ],
  userRole: { defaultName: "opensearch-user-role" },
  configured: {
    protocol: "opensearch",
    hosts: [
      ...regionalHosts("(?:search|vpc)-(?<domain_name>[^.]+)-[a-z0-9]+", "es"),
      new RegExp(`^(?:search|vpc)-(?<domain_name>[^.]+)-[a-z0-9]+\\.aos\\.${REGION}\\.on\\.aws$`),
      anyHost("es"),
    ],
    settings: { domain_name: "domain_name", domain_id: null, endpoint_type: null },
  },
};
