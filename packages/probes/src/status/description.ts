import type { Description } from '../testing/vendor.ts'

/** A Statuspage shows its incidents to everybody; feeds in Atom and RSS stand at an address of their own. */
export const description = {
  'GET /api/v2/incidents.json': {},
  'GET /en.atom': {},
  'GET /en-us/status/feed/': {},
} satisfies Description
