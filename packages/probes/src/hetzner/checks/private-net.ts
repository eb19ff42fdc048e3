import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { HetznerFacts } from '../facts.ts'
import { bears, databaseLabels } from '../labels.ts'

const params = z.object({ databaseLabels })

export const hzPrivateNet = {
  id: 'hz.private-net',
  version: 1,
  connector: 'hetzner',
  title: {
    en: 'Database servers are reachable on the private network only',
    de: 'Datenbankserver sind nur im privaten Netz erreichbar',
  },
  why: {
    en: 'A database without a public address cannot be reached from the internet, whatever else is misconfigured.',
    de: 'Eine Datenbank ohne öffentliche Adresse ist aus dem Internet nicht erreichbar, was auch sonst falsch eingestellt ist.',
  },
  remedy: {
    en: 'Put the database server into a private network, take its public IPv4, IPv6 and floating addresses away, and reach it through a jump host or VPN.',
    de: 'Den Datenbankserver in ein privates Netz stellen, ihm öffentliche IPv4-, IPv6- und Floating-Adressen nehmen und ihn über Sprungrechner oder VPN erreichen.',
  },
  severity: 'high',
  serves: [
    { measure: 'network-segmentation', as: 'proves' },
    { measure: 'system-separation', as: 'supports' },
  ],
  params,
  reads: ['servers', 'loadBalancers'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.22', 'BSI NET.1.1'],
  sources: [
    'https://docs.hetzner.com/cloud/networks/overview/',
    'https://docs.hetzner.com/cloud/servers/primary-ips/overview/',
  ],
  pitfalls: [
    'The API does not say what runs on a server: database servers are known by a label. Where none bears it, nothing is judged, which proves nothing.',
    'A public load balancer that passes connections on to a database server opens it again: fails, also where the server is chosen by label.',
    'What listens on a server that bears no such label is not seen here.',
  ],
  messages: {
    private: { en: '{name} is in a private network only.', de: '{name} steht nur in einem privaten Netz.' },
    public: { en: '{name} has a public address.', de: '{name} hat eine öffentliche Adresse.' },
    balanced: {
      en: '{name} is reachable through the public load balancer {balancer}.',
      de: '{name} ist über den öffentlichen Load Balancer {balancer} erreichbar.',
    },
    alone: {
      en: '{name} has neither a public address nor a private network.',
      de: '{name} hat weder eine öffentliche Adresse noch ein privates Netz.',
    },
  },
  judge({ servers, loadBalancers }, { databaseLabels: labels }) {
    const balancers = byServer(loadBalancers)
    return servers.flatMap((server, index) => {
      if (!bears(server.labels, labels)) return []
      const { id, name } = server
      const subject = `server:${id}`
      if (server.public) return [fail(subject, `servers.${index}.public`, 'public', { name })]
      const balancer = balancers.get(id)
      if (balancer !== undefined)
        return [
          fail(subject, `loadBalancers.${balancer.index}.servers`, 'balanced', {
            name,
            balancer: balancer.name,
          }),
        ]
      const because = [`servers.${index}.public`, `servers.${index}.networks`]
      const isConnected = server.networks.length > 0
      return [(isConnected ? pass : info)(subject, because, isConnected ? 'private' : 'alone', { name })]
    })
  },
} satisfies Check<HetznerFacts, 'servers' | 'loadBalancers', typeof params>

type Balancer = HetznerFacts['loadBalancers'][number] & { readonly index: number }

/** The oldest balancer that lets the internet in, for each server behind one. */
function byServer(balancers: HetznerFacts['loadBalancers']): ReadonlyMap<number, Balancer> {
  const oldest = new Map<number, Balancer>()
  for (const [index, one] of balancers.entries())
    for (const server of one.public ? one.servers : [])
      if (one.id < (oldest.get(server)?.id ?? Infinity)) oldest.set(server, { ...one, index })
  return oldest
}
