import { interpolate } from "../text/hcl";
import { once } from "../text/memo";
import { expression } from "../policies/terraform";
import { INTEGRATION_AUDIENCE, proxyHost } from "../policies/trust";
import { type Element, resource } from "./element";
import { isInAccount, plain, rule, type Rule } from "./rules";

/** All places where the service runs. */
export const PLACES = "concat([var.service_role_trust], var.additional_service_role_trusts)";

const HAS_INTEGRATION = `contains(${PLACES}, "oidc-integration")`;

/** Rules about a role that Teleport's AWS OIDC integration assumes. */
export const integrationRules = once((): readonly Rule[] => [
  rule(
    `!${HAS_INTEGRATION} || (var.teleport_oidc_provider_arn != null) != var.create_teleport_oidc_provider`,
    'service_role_trust = "oidc-integration" needs the OIDC provider of the Teleport cluster in the account of the role, once: set teleport_oidc_provider_arn where there is one, or else create_teleport_oidc_provider and teleport_proxy_address.',
  ),
  rule(
    `${HAS_INTEGRATION} || (var.teleport_oidc_provider_arn == null && !var.create_teleport_oidc_provider && var.teleport_proxy_address == null)`,
    'teleport_oidc_provider_arn, create_teleport_oidc_provider and teleport_proxy_address say who may assume the role through service_role_trust = "oidc-integration", and it is ${nonsensitive(var.service_role_trust)}. Change it, or leave them out.',
  ),
  rule(
    `!${HAS_INTEGRATION} || (contains(var.services, "discovery") && (!contains(var.services, "database") || length(distinct(${PLACES})) > 1))`,
    'through service_role_trust = "oidc-integration" Teleport Cloud\'s Discovery Service alone assumes the role, and services is ${nonsensitive(jsonencode(var.services))}. Set services = ["discovery"], and give the Database Service a role by another call.',
  ),
  rule(
    `var.teleport_oidc_provider_arn == null ? true : split(":", var.teleport_oidc_provider_arn)[4] == local.service_account_id`,
    "${nonsensitive(jsonencode(var.teleport_oidc_provider_arn))} is an OIDC provider of another account than the role's, ${nonsensitive(local.service_account_id)}, and IAM trusts none of those. Use the provider of the role's account.",
  ),
  rule(
    `var.teleport_oidc_provider_arn == null || var.teleport_proxy_address == null ? true : endswith(var.teleport_oidc_provider_arn, ":oidc-provider/\${${expression(proxyHost)}}")`,
    "${nonsensitive(jsonencode(var.teleport_oidc_provider_arn))} is the OIDC provider of another cluster than the one at teleport_proxy_address, ${nonsensitive(jsonencode(var.teleport_proxy_address))}. Mend one of them, or leave out teleport_proxy_address.",
  ),
]);

/**
 * IAM's OIDC provider for the Teleport cluster, by which its AWS OIDC integration assumes roles.
 *
 * @see https://goteleport.com/docs/enroll-resources/auto-discovery/
 */
export const teleportOidcProvider = once((): readonly Element[] => [
  resource(
    "aws_iam_openid_connect_provider",
    "teleport",
    {
      url: interpolate(`"https://\${${expression(proxyHost)}}"`),
      clientIdList: [INTEGRATION_AUDIENCE],
    },
    {
      count: interpolate(`${plain("var.create_teleport_oidc_provider")} ? 1 : 0`),
      // Given as a variable and not left out: before version 5.81 the provider asks for it.
      thumbprint_list: "${var.teleport_oidc_thumbprints}",
      tags: "${var.tags}",
      lifecycle: {
        create_before_destroy: true,
        precondition: [
          rule(
            "var.teleport_proxy_address != null",
            "create_teleport_oidc_provider needs teleport_proxy_address, whose host is the provider's URL. Set it.",
          ),
          rule(
            `var.create_service_role && ${HAS_INTEGRATION}`,
            'create_teleport_oidc_provider makes a provider for the role that create_service_role creates with service_role_trust = "oidc-integration". Set both, or leave it out.',
          ),
        ],
        postcondition: [isInAccount("local.service_account_id")],
      },
    },
  ),
]);
