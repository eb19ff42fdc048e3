import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HetznerFacts } from '../facts.ts'
import { letsInTheWorld } from '../rules.ts'

const params = z.object({
  ports: field(
    z
      .array(z.int().min(0).max(65_535))
      .default([22, 2375, 2376, 3306, 3389, 5432, 5900, 6379, 6443, 9200, 11_211, 27_017]),
    {
      label: { en: 'Ports that must not be open to the world', de: 'Ports, die nicht weltweit offen sein dürfen' },
    },
  ),
})

export const hzFirewallRules = {
  id: 'hz.firewall-rules',
  version: 1,
  connector: 'hetzner',
  title: {
    en: 'Administration and database ports are not open to the world',
    de: 'Verwaltungs- und Datenbankports sind nicht weltweit offen',
  },
  why: {
    en: 'What nobody outside needs to reach should not depend on the next weakness of its login.',
    de: 'Was von außen niemand erreichen muss, sollte nicht von der nächsten Schwachstelle seiner Anmeldung abhängen.',
  },
  remedy: {
    en: 'Limit the rule to the addresses of the VPN or the office, or reach the port through the private network only.',
    de: 'Die Regel auf die Adressen von VPN oder Büro begrenzen oder den Port nur über das private Netz nutzen.',
  },
  severity: 'high',
  serves: [
    { measure: 'firewall', as: 'proves' },
    { measure: 'network-segmentation', as: 'supports' },
  ],
  params,
  reads: ['firewalls'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['CIS Controls 8 4.4', 'ISO/IEC 27001:2022 A.8.20', 'BSI NET.3.2'],
  sources: [
    'https://docs.hetzner.com/cloud/firewalls/overview/',
    'https://docs.hetzner.cloud/reference/cloud#firewalls',
  ],
  pitfalls: [
    'A range such as 1-65535, or no port at all, opens every port in it.',
    'The world can be written in halves (0.0.0.0/1 and 128.0.0.0/1): each network wider than IPv4 /8 or IPv6 /16 counts as the world.',
    'Rules only allow; a firewall without a rule for what comes in closes everything.',
    'A firewall that is not in use yet is only told. Whether each server has one is for hz.firewall-attached.',
  ],
  messages: {
    closed: {
      en: '{name} opens none of the named ports to the world.',
      de: '{name} öffnet keinen der genannten Ports weltweit.',
    },
    open: { en: '{name} opens to the world: {ports}', de: '{name} öffnet weltweit: {ports}' },
    unused: {
      en: '{name} would open to the world, but is not in use: {ports}',
      de: '{name} würde weltweit öffnen, ist aber nicht in Gebrauch: {ports}',
    },
  },
  judge({ firewalls }, { ports }) {
    return firewalls.map(({ id, name, used, inbound }, index) => {
      const wide = inbound.filter(letsInTheWorld)
      const open = ports.filter((port) =>
        wide.some(({ from, to }) => from !== null && to !== null && from <= port && port <= to),
      )
      const says = { name, ports: open.join(', ') }
      const [how, key] =
        open.length === 0 ? ([pass, 'closed'] as const) : used ? ([fail, 'open'] as const) : ([info, 'unused'] as const)
      return how(`firewall:${id}`, `firewalls.${index}.inbound`, key, says)
    })
  },
} satisfies Check<HetznerFacts, 'firewalls', typeof params>
