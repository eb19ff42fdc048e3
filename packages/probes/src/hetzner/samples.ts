import type { HetznerFacts } from './facts.ts'

type Changeable<T> = { -readonly [K in keyof T]: T[K] }

const falkenstein = { name: 'fsn1', country: 'DE', zone: 'eu-central' }

/** For tests: a server of production on which all is well on the day of the examination. */
export function server(
  change: Partial<HetznerFacts['servers'][number]> = {},
): Changeable<HetznerFacts['servers'][number]> {
  return {
    id: 11,
    name: 'web-1',
    created: '2025-09-01T08:00:00Z',
    place: falkenstein,
    labels: { env: 'prod' },
    public: true,
    firewalls: [{ id: 41, applied: true }],
    networks: [31],
    volumes: [],
    backupWindow: '22-02',
    deleteProtection: true,
    image: {
      flavour: 'debian',
      version: '13',
      lifecycle: { cycle: '13', endOfLife: '2028-08-09', latest: '13.6', latestDate: '2026-07-11' },
    },
    ...change,
  }
}

/** For tests: a database server that only the private network reaches. */
export const database = (change: Partial<HetznerFacts['servers'][number]> = {}) =>
  server({ id: 12, name: 'db-1', labels: { env: 'prod', role: 'db' }, public: false, firewalls: [], ...change })

/** For tests: a storage box at another site. */
export function storageBox(
  change: Partial<HetznerFacts['storageBoxes'][number]> = {},
): Changeable<HetznerFacts['storageBoxes'][number]> {
  return {
    id: 91,
    name: 'backups',
    place: { name: 'hel1', country: 'FI', zone: 'eu-central' },
    labels: { env: 'prod' },
    active: true,
    reachableExternally: false,
    samba: false,
    webdav: false,
    ssh: true,
    planned: 10,
    deleteProtection: true,
    ...change,
  }
}

/** For tests: a volume of the database server. */
export const volume = (change: Partial<HetznerFacts['volumes'][number]> = {}) => ({
  id: 21,
  name: 'db-data',
  place: falkenstein,
  labels: { env: 'prod' },
  server: 12,
  deleteProtection: true,
  ...change,
})

/** For tests: a load balancer that takes connections from everywhere. */
export const loadBalancer = (change: Partial<HetznerFacts['loadBalancers'][number]> = {}) => ({
  id: 51,
  name: 'front',
  place: falkenstein,
  labels: {},
  public: true,
  servers: [11],
  ...change,
})
