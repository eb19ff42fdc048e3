/**
 * Sites: a tenant's public page at a domain of its own.
 *
 * - Served only while a TXT record proves that whoever set it also rules the domain; looked at daily, and lost when it is gone.
 * - That DNS could not be asked is no proof of anything: a proven domain is then served for three more days.
 * - Nobody blocks a domain by claiming it; one domain shows one tenant, and a tenant that rests or goes holds none.
 * - Such a host shows the public page and its files: never the workplace, the API or another tenant.
 *
 * Sources: RFC 1035, RFC 5891 (IDNA), RFC 8555 §8.4 (the idea of a proof by a label of one's own); docs/decisions 34.
 */
export { siteOperations } from './operations.ts'
export type { SiteOperationDependencies } from './operations.ts'
export { hostOf } from './site.ts'
export { openSites, siteQueue, siteTime } from './sites.ts'
export type { Hosted } from './sites.ts'
