import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AccountsFacts } from '../facts.ts'

const hourMs = 3_600_000

const params = z.object({
  hours: field(z.int().min(0).max(8_760).default(24), {
    label: { en: 'Time to end all accounts', de: 'Frist bis zum Ende aller Konten' },
    unit: 'hours',
  }),
})

export const accountsLeaversEnded = {
  id: 'accounts.leavers-ended',
  version: 1,
  connector: 'accounts',
  title: {
    en: 'Every known account of whoever left ends within the agreed time',
    de: 'Jedes bekannte Konto Ausgeschiedener endet fristgerecht',
  },
  why: {
    en: 'One forgotten account is enough: whoever left still reads with it what they are no longer entitled to. It is forgotten where somebody has accounts in several places.',
    de: 'Ein vergessenes Konto genügt: Wer ausgeschieden ist, liest damit weiter, was ihn nichts mehr angeht. Vergessen wird es, wo jemand an mehreren Orten Konten hat.',
  },
  remedy: {
    en: 'End the accounts that the page of the leaver shows as open, each at its vendor, and look again from that page.',
    de: 'Die Konten, die die Seite der ausgeschiedenen Person als offen zeigt, beim jeweiligen Anbieter beenden und von dieser Seite aus noch einmal hinsehen.',
  },
  severity: 'high',
  serves: [{ measure: 'offboarding', as: 'proves' }],
  params,
  reads: ['leavers'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: [
    'ISO/IEC 27001:2022 A.5.11',
    'ISO/IEC 27001:2022 A.5.18',
    'ISO/IEC 27001:2022 A.6.5',
    'BSI ORP.2',
    'BSI ORP.4',
  ],
  sources: ['https://learn.microsoft.com/en-us/entra/identity/users/users-revoke-access'],
  pitfalls: [
    'What one connection cannot look at is not gone: then nothing is said of anybody, unless an account is known to be open.',
    'An account that was seen open before the time was over, and closed only after it, may have ended in time: it is told, never passed.',
    'An account that comes back is open, whatever was seen before.',
    'Where a vendor tells of no accounts, a person says that one is gone: told, never passed.',
    'Accounts that nobody matched to the person are not known to be theirs.',
  ],
  messages: {
    inTime: {
      en: 'All {count} known accounts of {person} were seen closed within {hours} hours of leaving.',
      de: 'Alle {count} bekannten Konten von {person} wurden binnen {hours} Stunden nach dem Ausscheiden geschlossen gesehen.',
    },
    open: {
      en: '{open} of {count} accounts of {person} are still open, more than {hours} hours after leaving: {systems}.',
      de: '{open} von {count} Konten von {person} sind mehr als {hours} Stunden nach dem Ausscheiden noch offen: {systems}.',
    },
    late: {
      en: '{late} of {count} accounts of {person} were still open after {hours} hours, and are closed now: {systems}.',
      de: '{late} von {count} Konten von {person} waren nach {hours} Stunden noch offen und sind jetzt geschlossen: {systems}.',
    },
    waiting: {
      en: '{open} of {count} accounts of {person} are open; the time of {hours} hours has not run out.',
      de: '{open} von {count} Konten von {person} sind offen; die Frist von {hours} Stunden läuft.',
    },
    unclear: {
      en: 'All {count} known accounts of {person} are closed; whether all of them within {hours} hours, nobody saw.',
      de: 'Alle {count} bekannten Konten von {person} sind geschlossen; ob alle binnen {hours} Stunden, hat niemand gesehen.',
    },
    unseen: {
      en: '{unseen} of {count} accounts of {person} could not be looked at since leaving: {systems}.',
      de: '{unseen} von {count} Konten von {person} waren seit dem Ausscheiden nicht einsehbar: {systems}.',
    },
    said: {
      en: '{said} of {count} accounts of {person} cannot be looked at, and somebody says that they are gone; the others were seen closed.',
      de: '{said} von {count} Konten von {person} sind nicht einsehbar, und jemand sagt, dass es sie nicht mehr gibt; die übrigen wurden geschlossen gesehen.',
    },
    none: { en: 'No account of {person} is known.', de: 'Von {person} ist kein Konto bekannt.' },
  },
  judge({ leavers }, { hours }, now) {
    const verdicts = leavers.map((leaver, index) => judgeLeaver(leaver, `leavers.${index}`, hours, now))
    // What nobody could look at takes the good word for the others away, too: the promise is made for everybody who left.
    const isBlind = verdicts.some(({ say }) => say.key === 'unseen')
    return verdicts.map((one) => (isBlind && one.state === 'pass' ? { ...one, state: 'info' as const } : one))
  },
} satisfies Check<AccountsFacts, 'leavers', typeof params>

type Leaver = AccountsFacts['leavers'][number]
type Held = Leaver['accounts'][number]

function judgeLeaver({ person, left, accounts }: Leaver, because: string, hours: number, now: Date): Verdict {
  const dueMs = Date.parse(left) + hours * hourMs
  const isOver = (time: string | null) => time !== null && Date.parse(time) > dueMs
  const count = accounts.length
  const where = (some: readonly Held[]) => [...new Set(some.map(({ systemName }) => systemName))].sort().join(', ')
  const open = accounts.filter(({ state }) => state === 'open')
  const stillOpen = open.filter(({ lastOpen }) => isOver(lastOpen))
  if (stillOpen.length > 0)
    return fail(person, because, 'open', { person, open: stillOpen.length, count, hours, systems: where(stillOpen) })
  const late = accounts.filter(({ state, lastOpen }) => state !== 'open' && isOver(lastOpen))
  if (late.length > 0)
    return fail(person, because, 'late', { person, late: late.length, count, hours, systems: where(late) })
  // Seen open in time and not looked at since: once the time is over nobody knows.
  const unseen = accounts.filter((one) => one.unseen !== null || (one.state === 'open' && now.getTime() > dueMs))
  if (unseen.length > 0)
    return info(person, because, 'unseen', { person, unseen: unseen.length, count, systems: where(unseen) })
  if (open.length > 0) return info(person, because, 'waiting', { person, open: open.length, count, hours })
  if (count === 0) return info(person, because, 'none', { person })
  const said = accounts.filter(({ state }) => state === 'said')
  if (said.length > 0) return info(person, because, 'said', { person, said: said.length, count })
  const isClear = accounts.every(({ ended }) => !isOver(ended))
  return (isClear ? pass : info)(person, because, isClear ? 'inTime' : 'unclear', { person, count, hours })
}
