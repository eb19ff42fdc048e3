import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { HostFacts } from '../facts.ts'

export const hostTime = {
  id: 'host.time',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: { en: 'The clock is synchronised', de: 'Die Uhr ist synchronisiert' },
  why: {
    en: 'Logs of several machines can be put in order only by the same clock, and certificates expire by it.',
    de: 'Protokolle mehrerer Rechner lassen sich nur nach derselben Uhr ordnen, und Zertifikate laufen nach ihr ab.',
  },
  remedy: {
    en: 'Switch on systemd-timesyncd or chrony with at least two time servers.',
    de: 'systemd-timesyncd oder chrony mit mindestens zwei Zeitservern einschalten.',
  },
  severity: 'medium',
  serves: [
    { measure: 'time-synchronisation', as: 'proves' },
    { measure: 'change-logging', as: 'supports' },
    { measure: 'security-event-logging', as: 'supports' },
  ],
  params: noParams,
  reads: ['time'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.17'],
  sources: ['https://man7.org/linux/man-pages/man1/timedatectl.1.html'],
  pitfalls: [
    'Right after a start the clock may not be synchronised yet.',
    'A system without systemd does not say: not-evaluated (not-configured).',
  ],
  messages: {
    synchronised: { en: 'The clock is synchronised.', de: 'Die Uhr ist synchronisiert.' },
    free: { en: 'The clock runs by itself.', de: 'Die Uhr läuft frei.' },
  },
  judge({ time: { synchronised } }) {
    return [(synchronised ? pass : fail)('clock', 'time.synchronised', synchronised ? 'synchronised' : 'free')]
  },
} satisfies Check<HostFacts, 'time', typeof noParams>
