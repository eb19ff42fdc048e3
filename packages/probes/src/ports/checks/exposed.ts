import { fail, info, noParams, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import type { PortsFacts } from '../facts.ts'

export const netExposedPorts = {
  id: 'net.exposed-ports',
  version: 1,
  connector: 'ports',
  title: { en: 'Only declared ports are reachable', de: 'Nur gemeldete Ports sind erreichbar' },
  why: {
    en: 'A database or a console that is open to the world is found within hours.',
    de: 'Eine weltweit offene Datenbank oder Konsole wird binnen Stunden gefunden.',
  },
  remedy: {
    en: 'Close the port at the firewall or bind the service to an inner address; declare it only if everybody has to reach it.',
    de: 'Den Port in der Firewall schließen oder den Dienst an eine innere Adresse binden; nur melden, was jeder erreichen muss.',
  },
  severity: 'critical',
  serves: [
    { measure: 'firewall', as: 'proves' },
    { measure: 'vpn', as: 'supports' },
    { measure: 'network-segmentation', as: 'supports' },
    { measure: 'no-own-infrastructure', as: 'supports' },
    { measure: 'login-authentication', as: 'supports' },
    { measure: 'system-hardening', as: 'supports' },
    { measure: 'vulnerability-scanning', as: 'supports' },
  ],
  params: noParams,
  reads: ['ports', 'declared'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.20', 'ISO/IEC 27001:2022 A.8.21', 'BSI NET.3.2'],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.5.1',
    'https://nmap.org/book/man-port-scanning-basics.html',
  ],
  pitfalls: [
    'It is seen from where art32 runs: inside the same network, or from an address that a firewall lets in, more is open than to the world. Look from outside.',
    'Silence is a firewall that drops, or a host that is down: when nothing at all answers, nothing is said.',
    'A connection that is reset while it opens says neither open nor closed; it is told.',
    'Only TCP, and only the ports that are tried. A load balancer may accept connections for ports that no service holds.',
    'IPv4 and IPv6 have rules of their own; both are tried unless one is chosen.',
  ],
  messages: {
    closed: {
      en: 'No port but the declared ones accepts connections ({count} tried).',
      de: 'Außer den gemeldeten nimmt kein Port Verbindungen an ({count} versucht).',
    },
    open: {
      en: 'Port {port} accepts connections and is not declared.',
      de: 'Port {port} nimmt Verbindungen an und ist nicht gemeldet.',
    },
    unclear: { en: 'Port {port} breaks connections off.', de: 'Port {port} bricht Verbindungen ab.' },
  },
  judge({ ports, declared }) {
    const allowed = new Set(declared.ports)
    return (['IPv4', 'IPv6'] as const).flatMap((family): Verdict[] => {
      const tried = ports.map((one, index) => ({ ...one, index })).filter((one) => one.family === family)
      if (tried.length === 0) return []
      const others = tried.filter(({ port }) => !allowed.has(port))
      const open = others.filter(({ state }) => state === 'open')
      const told = others
        .filter(({ state }) => state === 'reset')
        .map(({ port, index }) => info(`${family}:${port}`, `ports.${index}.state`, 'unclear', { port }))
      const verdicts =
        open.length === 0
          ? [
              pass(family, tried.map(({ index }) => `ports.${index}.state`).slice(0, 20), 'closed', {
                count: tried.length,
              }),
            ]
          : open.map(({ port, index }) =>
              unlessDeclared(fail(`${family}:${port}`, `ports.${index}.state`, 'open', { port }), {
                list: 'allowed',
                values: [String(port)],
                setting: { en: 'Ports that may be open', de: 'Ports, die offen sein dürfen' },
              }),
            )
      return [...verdicts, ...told]
    })
  },
} satisfies Check<PortsFacts, 'ports' | 'declared', typeof noParams>
