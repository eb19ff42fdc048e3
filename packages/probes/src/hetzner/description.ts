import type { Description } from '../testing/vendor.ts'

const list = { query: ['page', 'per_page'], rights: ['Read'] }

/** The calls that are made, as the vendor describes them; storage boxes have another host and the same form. */
export const description = {
  'GET /servers': list,
  'GET /volumes': list,
  'GET /load_balancers': list,
  'GET /primary_ips': list,
  'GET /networks': list,
  'GET /firewalls': list,
  'GET /certificates': list,
  'GET /images': { query: ['type', 'sort', 'page', 'per_page'], required: ['type'], rights: ['Read'] },
  'GET /storage_boxes': list,
} satisfies Description
