/** An element whose text is Terraform's already: it holds no token for CDKTF to resolve. */
export interface TokenFree {
  readonly tokenFree: true;
}
