import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { dayMs } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { BitwardenFacts } from '../facts.ts'

const params = z.object({
  maxDays: field(z.int().min(1).max(30).default(30), {
    label: { en: 'Age of the newest event at most', de: 'Höchstalter des neuesten Ereignisses' },
    unit: 'days',
  }),
  exporters: field(z.array(z.string()).default([]), {
    label: { en: 'Accounts that may export vaults', de: 'Konten, die Tresore exportieren dürfen' },
    help: {
      en: 'Numbers of the vendor, for example of whoever makes the backup',
      de: 'Nummern des Anbieters, etwa der Person, die die Sicherung erstellt',
    },
  }),
})

export const bwEventsFlow = {
  id: 'bw.events-flow',
  version: 1,
  connector: 'bitwarden',
  title: {
    en: 'The password manager records events, and no vault left unannounced',
    de: 'Der Passwort-Manager zeichnet Ereignisse auf, und kein Tresor ging unangekündigt hinaus',
  },
  why: {
    en: 'An export puts every password into one file. It should be seen on the day, not in the investigation.',
    de: 'Ein Export legt alle Passwörter in eine Datei. Er sollte am selben Tag auffallen und nicht erst bei der Aufklärung.',
  },
  remedy: {
    en: 'Ask who exported and why, and have the file destroyed; change the passwords in it if nobody can say. Declare accounts that export on purpose.',
    de: 'Klären, wer warum exportiert hat, und die Datei vernichten lassen; die enthaltenen Passwörter ändern, wenn es niemand sagen kann. Konten angeben, die mit Absicht exportieren.',
  },
  severity: 'high',
  serves: [
    { measure: 'security-event-logging', as: 'supports' },
    { measure: 'log-review', as: 'supports' },
    { measure: 'access-logging', as: 'supports' },
    { measure: 'secrets-management', as: 'supports' },
  ],
  params,
  reads: ['events'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.15', 'BSI OPS.1.1.5'],
  sources: ['https://bitwarden.com/help/event-logs/'],
  pitfalls: [
    'The event log belongs to the Teams and Enterprise plans; without it there are no events, and that fails.',
    'Exports are looked for in the days that the connection names. After that a finding ends by itself, so it must be answered before.',
    'Exports are reported by the program that makes them. One that is built to hide them does, so no export seen is no proof that there was none.',
    'A very busy organisation has more events than are read; then the answer is incomplete and nothing is judged. Name fewer days.',
  ],
  messages: {
    alive: { en: 'The newest event is of {newest}.', de: 'Das neueste Ereignis ist vom {newest}.' },
    silent: { en: 'No event since {newest}.', de: 'Kein Ereignis seit {newest}.' },
    never: { en: 'There is no event in thirty days.', de: 'In dreißig Tagen gab es kein Ereignis.' },
    exported: {
      en: 'The account {actor} exported a vault ({vault}) on {at}.',
      de: 'Das Konto {actor} hat am {at} einen Tresor exportiert ({vault}).',
    },
    allowed: {
      en: 'The account {actor}, which may do so, exported a vault ({vault}) on {at}.',
      de: 'Das Konto {actor}, das dies darf, hat am {at} einen Tresor exportiert ({vault}).',
    },
  },
  judge({ events: { newest, exports } }, { maxDays, exporters }, now) {
    const because = 'events.newest'
    const isAlive = newest !== null && now.getTime() - Date.parse(newest) <= maxDays * dayMs
    const log =
      newest === null
        ? fail('log', because, 'never')
        : (isAlive ? pass : fail)('log', because, isAlive ? 'alive' : 'silent', { newest: newest.slice(0, 16) })
    return [
      log,
      ...exports.map(({ at, vault, actor }, index) => {
        const isAllowed = actor !== null && exporters.includes(actor)
        const verdict = (isAllowed ? info : fail)(
          `export:${actor ?? 'unknown'}:${vault}:${at}`,
          `events.exports.${index}`,
          isAllowed ? 'allowed' : 'exported',
          { actor: actor ?? '–', vault, at: at.slice(0, 16) },
        )
        return actor === null ? verdict : unlessDeclared(verdict, { list: 'exporters', values: [actor] })
      }),
    ]
  },
} satisfies Check<BitwardenFacts, 'events', typeof params>
