import type { Description } from '../testing/vendor.ts'

/**
 * The calls that the connector makes, by the documents of their makers: https://google.github.io/osv.dev/api/ and
 * https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md. Neither asks for a right.
 */
export const description: Description = {
  'POST /v1/querybatch': {},
  'GET /v1/vulns/{id}': {},
  'GET /{package}': {},
}
