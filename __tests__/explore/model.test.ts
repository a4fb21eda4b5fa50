/** The page of explore shows what discovery needs, each statement with its reason. */
import { selectTypes } from "../../lib/catalog/select-types";
import { resultOf } from "../../lib/explore/model";
import { defineModule } from "../../lib/inputs/module-definition";

const rdsproxy = defineModule(selectTypes(["rdsproxy"]).types);

test("the services and their regions can be chosen", () => {
  expect(rdsproxy.variables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["services", "discover_all_regions"]),
  );
});

test("what is chosen for discovery is in the policy and in the call", () => {
  const { documents, call, errors } = resultOf(rdsproxy, {
    services: "discovery",
    discover_all_regions: true,
  });
  expect([...errors]).toEqual([]);
  expect(documents.policy.Statement.map(({ Sid }) => Sid)).toEqual([
    "RDSProxyFetchMetadata",
    "RDSProxyDiscovery",
    "DiscoveryListRegions",
  ]);
  expect(documents.statements.map(({ statement, purpose }) => [statement.Sid, purpose])).toEqual([
    ["RDSProxyFetchMetadata", expect.stringContaining("AWS tags")],
    ["RDSProxyDiscovery", "Find RDS proxies."],
    ["DiscoveryListRegions", expect.stringContaining("regions")],
  ]);
  expect(call).toMatch(/services\s+= \["discovery"\]/);
});

test("a service that there is not is named at its field", () => {
  const { errors } = resultOf(rdsproxy, { services: "proxy" });
  expect(errors.get("services")).toContain("database or discovery");
});
