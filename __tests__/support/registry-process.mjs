/** Answers as Terraform's module registry does, with one module in one version, until it is ended. */
import { createServer } from "node:http";
import process from "node:process";

const [, , folder, version] = process.argv;

const server = createServer((request, response) => {
  if (request.url.endsWith("/versions")) {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ modules: [{ versions: [{ version }] }] }));
  } else if (request.url.endsWith(`/${version}/download`)) {
    response.statusCode = 204;
    response.setHeader("X-Terraform-Get", `file://${folder}`);
    response.end();
  } else {
    response.statusCode = 404;
    response.end();
  }
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${String(server.address().port)}\n`);
});
