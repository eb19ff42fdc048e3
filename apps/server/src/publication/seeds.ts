/** Pages of every tenant to which no link may lead, or only from elsewhere. Those that are not there are not published. */
export const tenantSeeds = [
  '',
  '/style.css',
  '/font.woff2',
  '/logo.png',
  '/edition.schema.json',
  '/state.json',
  '/about.jsonld',
  '/documents',
  '/processors',
  '/processors.atom',
  '/processors.json',
  '/editions',
  '/editions.json',
  '/feed.atom',
  '/feed.json',
  '/notices',
  '/incidents',
  '/incidents.atom',
  '/incidents.json',
  '/advisories',
  '/advisories/feed.atom',
  '/csaf',
  '/csaf/white',
  '/csaf/provider-metadata.json',
  '/security.txt',
  '/.well-known/security.txt',
  '/.well-known/csaf/provider-metadata.json',
  '/report',
  '/report-incident',
  '/request',
  '/confirm',
  '/unsubscribe',
] as const

/** Pages that all public pages have in common, at whatever host. */
export const commonSeeds = ['/verify', '/privacy', '/ledger/checkpoint', '/.well-known/security.txt'] as const

/** Whether an address at the host of the installation is such a page. */
export function isCommon(path: string): boolean {
  return /^\/(?:verify|privacy|ledger|\.well-known)(?:\/|$)/.test(path)
}
