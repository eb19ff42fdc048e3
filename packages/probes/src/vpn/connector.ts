import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Connector, Context } from '../engine/connector.ts'
import { Unreadable, errorCode, seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { run } from '../host/run.ts'
import { vpnFacts } from './facts.ts'
import type { VpnFacts } from './facts.ts'
import { parseHandshakes, parseInterfaces, parseStatus } from './parse.ts'
import type { Peer } from './parse.ts'

const key = z.string().trim().min(1).max(200)

const settings = z.object({
  kind: field(z.enum(['wireguard', 'openvpn']), { label: { en: 'Kind', de: 'Art' } }),
  peers: field(z.array(key).min(1), {
    label: { en: 'Peers that may use it', de: 'Gegenstellen, die ihn nutzen dürfen' },
    help: {
      en: 'WireGuard: public keys. OpenVPN: common names of the certificates.',
      de: 'WireGuard: öffentliche Schlüssel. OpenVPN: Common Names der Zertifikate.',
    },
  }),
  constant: field(z.array(key).default([]), {
    label: { en: 'Peers that must always be connected', de: 'Gegenstellen, die immer verbunden sein müssen' },
    help: { en: 'For example another site; not laptops.', de: 'Zum Beispiel ein anderer Standort, keine Laptops.' },
  }),
  statusFile: field(z.string().startsWith('/').default('/run/openvpn-server/status-server.log'), {
    label: { en: 'Status file of OpenVPN', de: 'Statusdatei von OpenVPN' },
  }),
})

/** OpenVPN writes its status every minute unless told otherwise. */
const statusMs = 600_000

/** Looks at the VPN server on this machine. */
export const vpn = {
  id: 'vpn',
  title: { en: 'VPN', de: 'VPN' },
  about: {
    en: 'A WireGuard or OpenVPN server on the machine on which art32 runs: its tunnels and who uses them.',
    de: 'Ein WireGuard- oder OpenVPN-Server auf dem Rechner, auf dem art32 läuft: seine Tunnel und wer sie nutzt.',
  },
  settings,
  facts: vpnFacts,
  history: {
    volatile: ['peers.heardAt'],
    named: { tunnels: ['kind', 'name'], peers: ['tunnel', 'peer'], constant: ['peer'] },
  },
  needs: [
    {
      privilege: 'WireGuard: CAP_NET_ADMIN for wg',
      reason: {
        en: 'The kernel has no right that only reads. Only interfaces, public keys and times are asked for, never a private or shared key.',
        de: 'Der Kernel kennt kein Recht, das nur liest. Gefragt wird nur nach Schnittstellen, öffentlichen Schlüsseln und Zeiten, nie nach privaten oder gemeinsamen Schlüsseln.',
      },
    },
    {
      privilege: 'OpenVPN: read access to the status file',
      reason: {
        en: 'It lists who is connected. The management interface, which could also disconnect people, is not used.',
        de: 'Sie führt auf, wer verbunden ist. Die Verwaltungsschnittstelle, die auch trennen könnte, wird nicht genutzt.',
      },
    },
  ],
  address: ({ kind, statusFile }) => (kind === 'openvpn' ? `openvpn:${statusFile}` : kind),
  ownMachine: () => true,
  accounts: ({ peers = [] }) => peers.map(({ peer }) => ({ id: peer, isAdmin: false, isActive: null })),
  async collect({ kind, peers, constant, statusFile }, context) {
    const { tunnels, found } =
      kind === 'wireguard' ? await askWireguard(context) : await readOpenvpn(statusFile, context)
    const idOf = (name: string) => (kind === 'wireguard' ? fingerprint(name) : context.pseudonym(name.toLowerCase()))
    const declared = new Set([...peers, ...constant].map(idOf))
    return {
      tunnels: seen(tunnels.map((name) => ({ name, kind }))),
      peers: seen(
        found.map((one) => {
          const peer = idOf(one.key)
          return { tunnel: one.tunnel, peer, isDeclared: declared.has(peer), heardAt: one.heardAt }
        }),
      ),
      constant: seen([...new Set(constant.map(idOf))].map((peer) => ({ peer }))),
    }
  },
} satisfies Connector<typeof settings, VpnFacts>

type Found = { readonly tunnels: readonly string[]; readonly found: readonly Peer[] }

/** A public key is long and is asked for by nobody; its beginning as hash tells peers apart. */
const fingerprint = (publicKey: string) => hash('sha256', publicKey).slice(0, 16)

async function askWireguard({ signal }: Context): Promise<Found> {
  const ask = async (what: readonly string[]) => {
    const { status, stdout, stderr } = await run('wg', ['show', ...what], signal)
    if (status === 0 && !/operation not permitted|permission denied/i.test(stderr)) return stdout
    throw new Unreadable('denied', 'wg may not look at the interfaces', { needs: 'CAP_NET_ADMIN' })
  }
  const tunnels = parseInterfaces(await ask(['interfaces']))
  return { tunnels, found: parseHandshakes(await ask(['all', 'latest-handshakes'])) }
}

async function readOpenvpn(path: string, context: Context): Promise<Found> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error
    throw new Unreadable('not-configured', 'there is no status file at this place', { needs: 'statusFile' })
  })
  const { at, clients } = parseStatus(text)
  // A server that died leaves its last status behind.
  if (context.now().getTime() - at.getTime() > statusMs) return { tunnels: [], found: [] }
  const tunnel = 'openvpn'
  // Who is listed is connected: OpenVPN itself drops whoever is silent.
  const found = clients.map(({ name }) => ({ tunnel, key: name, heardAt: at.toISOString() }))
  return { tunnels: [tunnel], found }
}
