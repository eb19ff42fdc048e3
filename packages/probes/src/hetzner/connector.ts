import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Api } from '../api/api.ts'
import type { Answer } from '../api/request.ts'
import type { Connector } from '../engine/connector.ts'
import { Unreadable, reasonOf, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { endOfLifeSource, lifecycleOf } from '../versions/end-of-life.ts'
import {
  certificatesPage,
  firewallsPage,
  imagesPage,
  loadBalancersPage,
  networksPage,
  primaryIpsPage,
  serversPage,
  storageBoxesPage,
  volumesPage,
} from './answers.ts'
import type { LoadBalancer, Paged, Server } from './answers.ts'
import { hetznerFacts } from './facts.ts'
import type { HetznerFacts } from './facts.ts'
import { inboundOf } from './rules.ts'

const settings = z.object({
  project: field(z.string().regex(/^[\w .-]{1,64}$/), {
    label: { en: 'Name of the project', de: 'Name des Projekts' },
    help: {
      en: 'A token belongs to one project; the name tells several of them apart',
      de: 'Ein Token gehört zu einem Projekt; der Name unterscheidet mehrere',
    },
  }),
  token: field(z.string().min(1), {
    label: { en: 'API token of type Read', de: 'API-Token der Art „Lesen“' },
    secret: true,
  }),
  baseUrl: field(z.url().default('https://api.hetzner.cloud/v1'), {
    label: { en: 'Address of the Cloud API', de: 'Adresse der Cloud-API' },
  }),
  storageUrl: field(z.url().default('https://api.hetzner.com/v1'), {
    label: { en: 'Address of the API for storage boxes', de: 'Adresse der API für Storage Boxes' },
  }),
})

/** The most that the vendor puts on a page. */
const perPage = '50'

/** Of the 3,600 requests an hour that all programs of a project share, so many are left to the others. */
const leftToOthers = 200

/** Looks at one project of Hetzner Cloud and at its storage boxes. */
export const hetzner = {
  id: 'hetzner',
  title: { en: 'Hetzner Cloud', de: 'Hetzner Cloud' },
  about: {
    en: 'A project of Hetzner Cloud: where its servers and volumes stand, firewalls, networks, backups, certificates and storage boxes.',
    de: 'Ein Projekt der Hetzner Cloud: wo Server und Volumes stehen, Firewalls, Netze, Sicherungen, Zertifikate und Storage Boxes.',
  },
  settings,
  facts: hetznerFacts,
  history: {
    volatile: [
      'backups.newest',
      'backups.count',
      'supportData',
      'servers.image.lifecycle.latest',
      'servers.image.lifecycle.latestDate',
    ],
    lasting: ['servers.created', 'certificates.until'],
    named: { backups: ['server'] },
  },
  discovers: ({ servers = [], storageBoxes = [] }) => [
    ...servers.map(({ id, name }) => ({ kind: 'server' as const, key: String(id), name })),
    ...storageBoxes.map(({ id, name }) => ({ kind: 'storage' as const, key: String(id), name })),
  ],
  needs: [
    {
      privilege: 'API token of type Read, one for each project',
      reason: {
        en: 'Lists servers, volumes, load balancers, addresses, networks, firewalls, certificates, backups and storage boxes. It changes nothing; narrower tokens do not exist.',
        de: 'Listet Server, Volumes, Load Balancer, Adressen, Netze, Firewalls, Zertifikate, Sicherungen und Storage Boxes auf. Er ändert nichts; engere Token gibt es nicht.',
      },
    },
  ],
  address: ({ project }) => project,
  hidesAccounts: {
    en: 'The interface of Hetzner Cloud tells of no members of a project, nor of who made a token.',
    de: 'Die Schnittstelle der Hetzner Cloud nennt weder Mitglieder eines Projekts noch, wer ein Token angelegt hat.',
  },
  async collect({ token, baseUrl, storageUrl }, context) {
    const headers = { authorization: `Bearer ${token}` }
    const cloud = openApi({ base: baseUrl, headers }, context)
    const storage = openApi({ base: storageUrl, headers }, context)
    const [servers, volumes, loadBalancers, primaryIps, networks, firewalls, certificates, backups, storageBoxes] =
      await Promise.all([
        group(readServers(cloud)),
        group(readVolumes(cloud)),
        group(readLoadBalancers(cloud)),
        group(readPrimaryIps(cloud)),
        group(readNetworks(cloud)),
        group(readFirewalls(cloud)),
        group(readCertificates(cloud)),
        group(readBackups(cloud)),
        group(readStorageBoxes(storage)),
      ])
    return {
      servers,
      volumes,
      loadBalancers,
      primaryIps,
      networks,
      firewalls,
      certificates,
      backups,
      storageBoxes,
      supportData: seen({ date: endOfLifeSource().date }),
    }
  },
} satisfies Connector<typeof settings, HetznerFacts>

type List<T> = { readonly items: readonly T[]; readonly complete: boolean }

const group = <T>(read: Promise<List<T>>): Promise<Seen<T[]>> =>
  read.then(({ items, complete }) => seen([...items], complete), reasonOf)

/** All pages of one list. */
function list<P extends Paged, T>(
  api: Api,
  path: string,
  how: { readonly schema: z.ZodType<P>; readonly items: (page: P) => T[]; readonly query?: Record<string, string> },
): Promise<List<T>> {
  return api.list(
    { path, schema: how.schema, query: { ...how.query, per_page: perPage } },
    {
      items: how.items,
      next: ({ meta }, answer) => {
        const page = meta.pagination.next_page
        if (page === null) return undefined
        leaveSome(path, answer)
        return { page: String(page) }
      },
    },
  )
}

/** The allowance is that of the project, and its own automation must not starve. */
function leaveSome(path: string, { headers }: Answer): void {
  const left = headers['ratelimit-remaining']
  if (typeof left !== 'string' || left === '' || !(Number(left) < leftToOthers)) return
  // One request is given back each second.
  throw new Unreadable('throttled', `${path}: the project has used up nearly all of its requests`, {
    retryAfterMs: leftToOthers * 1_000,
  })
}

const placeOf = ({ location }: { location: { name: string; country: string; network_zone: string } }) => ({
  name: location.name,
  country: location.country,
  zone: location.network_zone,
})

const readServers = (api: Api): Promise<List<HetznerFacts['servers'][number]>> =>
  list(api, '/servers', { schema: serversPage, items: ({ servers }) => servers.map(serverOf) })

function serverOf(server: Server): HetznerFacts['servers'][number] {
  const { public_net: net, image } = server
  return {
    id: server.id,
    name: server.name,
    created: server.created,
    place: placeOf(server),
    labels: server.labels,
    public: net.ipv4 !== null || net.ipv6 !== null || net.floating_ips.length > 0,
    firewalls: net.firewalls.map(({ id, status }) => ({ id, applied: status === 'applied' })),
    networks: server.private_net.map(({ network }) => network),
    volumes: server.volumes,
    backupWindow: server.backup_window,
    deleteProtection: server.protection.delete,
    image:
      image === null
        ? null
        : {
            flavour: image.os_flavor,
            version: image.os_version,
            lifecycle: lifecycleOfImage(image.os_flavor, image.os_version),
          },
  }
}

/** Flavours of the vendor whose product has another id in the support data. */
const products: Readonly<Record<string, string>> = { alma: 'almalinux', rocky: 'rocky-linux' }

function lifecycleOfImage(flavour: string, version: string | null) {
  if (version === null) return null
  // CentOS Stream is written as "stream9".
  const stream = /^stream-?(\d+)$/.exec(version)?.[1]
  return stream === undefined
    ? lifecycleOf(products[flavour] ?? flavour, version)
    : lifecycleOf(`${flavour}-stream`, stream)
}

const readVolumes = (api: Api): Promise<List<HetznerFacts['volumes'][number]>> =>
  list(api, '/volumes', {
    schema: volumesPage,
    items: ({ volumes }) =>
      volumes.map((one) => ({
        id: one.id,
        name: one.name,
        place: placeOf(one),
        labels: one.labels,
        server: one.server,
        deleteProtection: one.protection.delete,
      })),
  })

const readLoadBalancers = (api: Api): Promise<List<HetznerFacts['loadBalancers'][number]>> =>
  list(api, '/load_balancers', {
    schema: loadBalancersPage,
    items: ({ load_balancers: all }) =>
      all.map((one) => ({
        id: one.id,
        name: one.name,
        place: placeOf(one),
        labels: one.labels,
        public: one.public_net.enabled,
        servers: serversOf(one),
      })),
  })

/** A target is a server, or a label with the servers that bear it. */
function serversOf({ targets }: LoadBalancer): number[] {
  const all = targets.flatMap((target) => [target, ...(target.targets ?? [])])
  return [...new Set(all.flatMap(({ server }) => (server === undefined ? [] : [server.id])))]
}

const readPrimaryIps = (api: Api): Promise<List<HetznerFacts['primaryIps'][number]>> =>
  list(api, '/primary_ips', {
    schema: primaryIpsPage,
    items: ({ primary_ips: all }) => all.map((one) => ({ id: one.id, name: one.name, place: placeOf(one) })),
  })

const readNetworks = (api: Api): Promise<List<HetznerFacts['networks'][number]>> =>
  list(api, '/networks', { schema: networksPage, items: ({ networks }) => networks })

const readFirewalls = (api: Api): Promise<List<HetznerFacts['firewalls'][number]>> =>
  list(api, '/firewalls', {
    schema: firewallsPage,
    items: ({ firewalls }) =>
      firewalls.map(({ id, name, applied_to: appliedTo, rules }) => ({
        id,
        name,
        used: appliedTo.length > 0,
        inbound: rules.filter(({ direction }) => direction === 'in').map(inboundOf),
      })),
  })

const readCertificates = (api: Api): Promise<List<HetznerFacts['certificates'][number]>> =>
  list(api, '/certificates', {
    schema: certificatesPage,
    items: ({ certificates }) =>
      certificates.map(({ id, name, type, status, ...one }) => ({
        id,
        name,
        managed: type === 'managed',
        until: one.not_valid_after,
        issuance: status?.issuance ?? null,
        renewal: status?.renewal ?? null,
        used: one.used_by.length > 0,
      })),
  })

/** The vendor keeps seven backups of each server; only the newest finished one is judged. */
async function readBackups(api: Api): Promise<List<HetznerFacts['backups'][number]>> {
  const { items, complete } = await list(api, '/images', {
    schema: imagesPage,
    query: { type: 'backup', sort: 'created:desc' },
    items: ({ images }) => images,
  })
  const byServer = new Map<number, HetznerFacts['backups'][number]>()
  for (const { created, status, bound_to: server } of items) {
    if (server === null || status !== 'available') continue
    const known = byServer.get(server)
    const isNewer = known === undefined || Date.parse(created) > Date.parse(known.newest)
    byServer.set(server, { server, newest: isNewer ? created : known.newest, count: (known?.count ?? 0) + 1 })
  }
  return { items: [...byServer.values()], complete }
}

const readStorageBoxes = (api: Api): Promise<List<HetznerFacts['storageBoxes'][number]>> =>
  list(api, '/storage_boxes', {
    schema: storageBoxesPage,
    items: ({ storage_boxes: all }) =>
      all.map((one) => ({
        id: one.id,
        name: one.name,
        place: placeOf(one),
        labels: one.labels,
        active: one.status === 'active',
        reachableExternally: one.access_settings.reachable_externally,
        samba: one.access_settings.samba_enabled,
        webdav: one.access_settings.webdav_enabled,
        ssh: one.access_settings.ssh_enabled,
        planned: one.snapshot_plan?.max_snapshots ?? null,
        deleteProtection: one.protection.delete,
      })),
  })
