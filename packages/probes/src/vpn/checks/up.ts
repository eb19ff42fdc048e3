import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { VpnFacts } from '../facts.ts'

const params = z.object({
  maxSeconds: field(z.number().positive().default(180), {
    label: {
      en: 'Longest silence of a peer that must always be connected',
      de: 'Längste Stille einer immer verbundenen Gegenstelle',
    },
    unit: 'seconds',
  }),
})

export const vpnUp = {
  id: 'vpn.up',
  version: 1,
  connector: 'vpn',
  title: {
    en: 'The tunnel is up and only declared peers use it',
    de: 'Der Tunnel steht, nur gemeldete Gegenstellen nutzen ihn',
  },
  why: {
    en: 'A key that nobody remembers opens the inner network to whoever holds it: a former colleague, a lost laptop.',
    de: 'Ein vergessener Schlüssel öffnet das innere Netz dem, der ihn hat: früheren Beschäftigten, einem verlorenen Laptop.',
  },
  remedy: {
    en: 'Remove the peer (wg set … peer … remove) or revoke its certificate, or declare it; start the tunnel.',
    de: 'Die Gegenstelle entfernen (wg set … peer … remove), ihr Zertifikat sperren oder sie melden; den Tunnel starten.',
  },
  severity: 'high',
  serves: [{ measure: 'vpn', as: 'proves' }],
  params,
  reads: ['tunnels', 'peers', 'constant'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.20', 'ISO/IEC 27001:2022 A.8.21', 'BSI NET.3.3'],
  sources: [
    'https://man7.org/linux/man-pages/man8/wg.8.html',
    'https://openvpn.net/community-resources/reference-manual-for-openvpn-2-6/',
  ],
  pitfalls: [
    'A WireGuard peer that is set up may connect at any time, so every one counts; of OpenVPN only those are seen that are connected.',
    'Laptops come and go: only peers that must always be connected fail when they are silent.',
    'A status file of OpenVPN that was not written for ten minutes is one of a stopped server.',
    'That services are reachable through the tunnel only is shown by net.exposed-ports, from outside.',
  ],
  messages: {
    up: {
      en: 'The tunnel is up; {count} peers, all declared.',
      de: 'Der Tunnel steht; {count} Gegenstellen, alle gemeldet.',
    },
    down: { en: 'No tunnel is up.', de: 'Kein Tunnel steht.' },
    unknown: { en: 'A peer of {tunnel} is not declared.', de: 'Eine Gegenstelle von {tunnel} ist nicht gemeldet.' },
    connected: { en: 'Heard of in the last {limit} seconds.', de: 'In den letzten {limit} Sekunden gehört.' },
    silent: {
      en: 'Must always be connected, and was last heard of at {at}.',
      de: 'Muss immer verbunden sein, zuletzt gehört um {at}.',
    },
    never: { en: 'Must always be connected, and is not.', de: 'Muss immer verbunden sein, ist es aber nicht.' },
    others: {
      en: 'The tunnel is up; {count} peers are not declared.',
      de: 'Der Tunnel steht; {count} Gegenstellen sind nicht gemeldet.',
    },
  },
  judge({ tunnels, peers, constant }, { maxSeconds }, now) {
    if (tunnels.length === 0) return [fail('tunnels', 'tunnels', 'down')]
    const byTunnel = Map.groupBy(peers, ({ tunnel }) => tunnel)
    const lastHeard = newestByPeer(peers)
    const up = tunnels.map(({ name }, index): Verdict => {
      const own = byTunnel.get(name) ?? []
      const others = own.filter(({ isDeclared }) => !isDeclared).length
      const because = `tunnels.${index}.name`
      return others > 0
        ? info(name, because, 'others', { count: others })
        : pass(name, because, 'up', { count: own.length })
    })
    const unknown = peers.flatMap(({ tunnel, peer, isDeclared }, index) =>
      isDeclared ? [] : [fail(`${tunnel} peer:${peer}`, `peers.${index}.isDeclared`, 'unknown', { tunnel })],
    )
    const always = constant.map(({ peer }, at): Verdict => {
      const subject = `constant peer:${peer}`
      const heard = lastHeard.get(peer)
      if (heard === undefined) return fail(subject, `constant.${at}.peer`, 'never')
      const isSilent = now.getTime() - Date.parse(heard.heardAt) > maxSeconds * 1000
      const says = { at: heard.heardAt, limit: maxSeconds }
      return (isSilent ? fail : pass)(subject, `peers.${heard.index}.heardAt`, isSilent ? 'silent' : 'connected', says)
    })
    return [...up, ...unknown, ...always]
  },
} satisfies Check<VpnFacts, 'tunnels' | 'peers' | 'constant', typeof params>

/** When each peer was heard last, over all its tunnels, and where that stands. */
function newestByPeer(peers: VpnFacts['peers']): ReadonlyMap<string, { heardAt: string; index: number }> {
  const newest = new Map<string, { heardAt: string; index: number }>()
  for (const [index, { peer, heardAt }] of peers.entries())
    if (heardAt !== null && heardAt > (newest.get(peer)?.heardAt ?? '')) newest.set(peer, { heardAt, index })
  return newest
}
