import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { HostFacts } from '../facts.ts'

export const hostFirewall = {
  id: 'host.firewall',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: { en: 'The firewall drops what is not allowed in', de: 'Die Firewall verwirft, was nicht erlaubt ist' },
  why: {
    en: 'A service that was opened by mistake must not be reachable at once.',
    de: 'Ein versehentlich geöffneter Dienst darf nicht sofort erreichbar sein.',
  },
  remedy: {
    en: 'Set the policy of the input chain to drop and allow single services (nftables, ufw or firewalld).',
    de: 'Die Richtlinie der Eingangskette auf drop setzen und einzelne Dienste erlauben (nftables, ufw oder firewalld).',
  },
  severity: 'high',
  serves: [
    { measure: 'firewall', as: 'proves' },
    { measure: 'egress-control', as: 'supports' },
  ],
  params: noParams,
  reads: ['firewall'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.20', 'BSI SYS.1.3'],
  sources: ['https://wiki.nftables.org'],
  pitfalls: [
    'IPv4 and IPv6 must both be covered.',
    'ufw and firewalld write nftables or iptables rules; those are read.',
    'A firewall in front of the machine is not seen from inside: declare an exception that names it.',
  ],
  messages: {
    closed: {
      en: 'Incoming traffic is dropped unless allowed ({source}).',
      de: 'Eingehender Verkehr wird verworfen, sofern nicht erlaubt ({source}).',
    },
    open: {
      en: 'Incoming traffic is allowed unless forbidden ({source}).',
      de: 'Eingehender Verkehr ist erlaubt, sofern nicht verboten ({source}).',
    },
    none: { en: 'There is no firewall on this machine.', de: 'Auf diesem Rechner gibt es keine Firewall.' },
  },
  judge({ firewall: { source, defaultDeny } }) {
    if (source === 'none') return [fail('input', 'firewall.source', 'none')]
    return [(defaultDeny ? pass : fail)('input', 'firewall.defaultDeny', defaultDeny ? 'closed' : 'open', { source })]
  },
} satisfies Check<HostFacts, 'firewall', typeof noParams>
