import type { ListenAt } from '../testing/servers.ts'
import { startVendor } from '../testing/vendor.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { description } from './description.ts'

/** The token that the server of the tests accepts. */
export const rightToken = 'read-token-of-a-test'

const falkenstein = { name: 'fsn1', country: 'DE', network_zone: 'eu-central', city: 'Falkenstein' }
const helsinki = { name: 'hel1', country: 'FI', network_zone: 'eu-central', city: 'Helsinki' }
const debian = { id: 1, name: 'debian-13', type: 'system', os_flavor: 'debian', os_version: '13' }

const web = {
  id: 11,
  name: 'web-1',
  created: '2025-09-01T08:00:00Z',
  location: falkenstein,
  labels: { env: 'prod', role: 'web' },
  public_net: {
    ipv4: { ip: '192.0.2.11', blocked: false, dns_ptr: 'web.example.com' },
    ipv6: { ip: '2001:db8:11::/64', blocked: false, dns_ptr: [] },
    floating_ips: [],
    firewalls: [{ id: 41, status: 'applied' }],
  },
  private_net: [{ network: 31, ip: '10.0.0.2' }],
  volumes: [],
  backup_window: '22-02',
  protection: { delete: true, rebuild: true },
  image: debian,
}

const database = {
  ...web,
  id: 12,
  name: 'db-1',
  labels: { env: 'prod', role: 'db' },
  public_net: { ipv4: null, ipv6: null, floating_ips: [], firewalls: [] },
  private_net: [{ network: 31, ip: '10.0.0.3' }],
  volumes: [21],
}

const inbound = (port: string, sources: readonly string[]) => ({
  direction: 'in',
  protocol: 'tcp',
  port,
  source_ips: sources,
  destination_ips: [],
  description: null,
})

/** What stands in the project: all of it as it should be. */
export const stock = {
  servers: [web, database],
  volumes: [
    {
      id: 21,
      name: 'db-data',
      location: falkenstein,
      labels: { env: 'prod' },
      server: 12,
      protection: { delete: true },
    },
  ],
  load_balancers: [
    {
      id: 51,
      name: 'front',
      location: falkenstein,
      labels: { env: 'prod' },
      public_net: { enabled: true },
      targets: [
        {
          type: 'label_selector',
          label_selector: { selector: 'role=web' },
          targets: [{ type: 'server', server: { id: 11 } }],
        },
      ],
    },
  ],
  primary_ips: [{ id: 61, name: 'web-1-v4', location: falkenstein, ip: '192.0.2.11' }],
  networks: [{ id: 31, name: 'prod-net', labels: { env: 'prod' } }],
  firewalls: [
    {
      id: 41,
      name: 'front',
      applied_to: [{ type: 'server', server: { id: 11 } }],
      rules: [
        inbound('443', ['0.0.0.0/0', '::/0']),
        inbound('22', ['198.51.100.7/32', '2001:db8:5::/48']),
        { direction: 'in', protocol: 'icmp', port: null, source_ips: ['0.0.0.0/0'], destination_ips: [] },
        { direction: 'out', protocol: 'tcp', port: 'any', source_ips: [], destination_ips: ['0.0.0.0/0'] },
      ],
    },
  ],
  certificates: [
    {
      id: 71,
      name: 'example.com',
      type: 'managed',
      not_valid_after: '2027-01-30T10:00:00Z',
      status: { issuance: 'completed', renewal: 'scheduled', error: null },
      used_by: [{ id: 51, type: 'load_balancer' }],
    },
  ],
  images: [
    { id: 81, created: '2026-11-22T01:10:00Z', status: 'available', bound_to: 11, type: 'backup' },
    { id: 82, created: '2026-11-21T01:10:00Z', status: 'available', bound_to: 11, type: 'backup' },
    { id: 83, created: '2026-11-22T02:00:00Z', status: 'available', bound_to: 12, type: 'backup' },
  ],
  storage_boxes: [
    {
      id: 91,
      name: 'backups',
      location: helsinki,
      labels: { env: 'prod' },
      status: 'active',
      access_settings: {
        reachable_externally: true,
        samba_enabled: false,
        webdav_enabled: false,
        ssh_enabled: true,
        zfs_enabled: false,
      },
      snapshot_plan: { max_snapshots: 10, hour: 3, minute: 0, day_of_week: null, day_of_month: null },
      protection: { delete: true },
    },
  ],
}

export type Stock = Readonly<Record<keyof typeof stock, readonly object[]>>

/** The vendor with this stock. */
export function startHetzner({
  all = stock,
  headers = {},
  at,
}: { all?: Stock; headers?: Record<string, string>; at?: ListenAt } = {}): Promise<VendorServer> {
  return startVendor({
    description,
    at,
    answers: Object.fromEntries(
      Object.entries(all).map(([name, items]) => [`GET /${name}`, (asked: Asked) => page(name, items, asked, headers)]),
    ),
    isAuthorised: ({ authorization }) => authorization === `Bearer ${rightToken}`,
  })
}

/** Pages as the vendor makes them: at most 50 of a list, and the number of the next page. */
function page(name: string, items: readonly object[], { query }: Asked, headers: Record<string, string>): Said {
  const at = Number(query.get('page') ?? 1)
  const size = Math.min(50, Number(query.get('per_page') ?? 25))
  const pages = Math.max(1, Math.ceil(items.length / size))
  const pagination = {
    page: at,
    per_page: size,
    previous_page: at > 1 ? at - 1 : null,
    next_page: at < pages ? at + 1 : null,
    last_page: pages,
    total_entries: items.length,
  }
  return {
    status: 200,
    headers,
    json: { [name]: items.slice((at - 1) * size, at * size), meta: { pagination } },
  }
}
