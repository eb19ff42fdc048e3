import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { HetznerFacts } from '../facts.ts'

export const hzFirewallAttached = {
  id: 'hz.firewall-attached',
  version: 1,
  connector: 'hetzner',
  title: {
    en: 'Every public server is behind a firewall',
    de: 'Jeder öffentliche Server steht hinter einer Firewall',
  },
  why: {
    en: 'A new server answers on all ports until somebody limits them, and is scanned within minutes.',
    de: 'Ein neuer Server antwortet auf allen Ports, bis jemand sie begrenzt, und wird binnen Minuten abgesucht.',
  },
  remedy: {
    en: 'Apply a firewall to the server, best by a label that new servers bear from the start, or take its public addresses away.',
    de: 'Dem Server eine Firewall zuweisen, am besten über ein Label, das neue Server von Anfang an tragen, oder ihm die öffentlichen Adressen nehmen.',
  },
  severity: 'high',
  serves: [{ measure: 'firewall', as: 'proves' }],
  params: noParams,
  reads: ['servers'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.20', 'BSI NET.3.2'],
  sources: ['https://docs.hetzner.com/cloud/firewalls/overview/'],
  pitfalls: [
    'A firewall that is assigned and still "pending" protects nothing yet: fails.',
    'A firewall of the server itself is not seen here; see host.firewall. Load balancers of the vendor cannot have one.',
    'The firewall holds on public interfaces only; what comes by the private network passes it.',
  ],
  messages: {
    behind: { en: '{name} is behind {count} firewalls.', de: '{name} steht hinter {count} Firewalls.' },
    private: { en: '{name} has no public address.', de: '{name} hat keine öffentliche Adresse.' },
    pending: {
      en: 'The firewall of {name} is assigned, but not in effect.',
      de: 'Die Firewall von {name} ist zugewiesen, aber nicht wirksam.',
    },
    open: {
      en: '{name} has a public address and no firewall.',
      de: '{name} hat eine öffentliche Adresse und keine Firewall.',
    },
  },
  judge({ servers }) {
    return servers.map((server, index) => {
      const subject = `server:${server.id}`
      const { name } = server
      if (!server.public) return pass(subject, `servers.${index}.public`, 'private', { name })
      const because = [`servers.${index}.public`, `servers.${index}.firewalls`]
      const count = server.firewalls.filter(({ applied }) => applied).length
      if (count > 0) return pass(subject, because, 'behind', { name, count })
      return fail(subject, because, server.firewalls.length > 0 ? 'pending' : 'open', { name })
    })
  },
} satisfies Check<HetznerFacts, 'servers', typeof noParams>
