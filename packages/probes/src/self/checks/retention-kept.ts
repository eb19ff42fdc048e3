import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfRetentionKept = {
  id: 'self.retention-kept',
  version: 1,
  connector: 'self',
  title: { en: 'What ran out is deleted every day', de: 'Was abgelaufen ist, wird täglich gelöscht' },
  why: {
    en: 'A retention period that nothing enforces is a promise that is broken in silence.',
    de: 'Eine Frist, die nichts durchsetzt, ist ein Versprechen, das unbemerkt gebrochen wird.',
  },
  remedy: {
    en: 'Look at the page of the installation: start the deletion there, and bring back the databases that could not be reached.',
    de: 'Auf der Seite der Installation nachsehen, die Löschung dort anstoßen und unerreichbare Datenbanken wiederherstellen.',
  },
  severity: 'medium',
  serves: [{ measure: 'retention-deletion', as: 'supports' }],
  params: noParams,
  reads: ['retention'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['GDPR Art. 5(1)(e)', 'GDPR Art. 25(1)'],
  sources: ['https://eur-lex.europa.eu/eli/reg/2016/679/oj'],
  pitfalls: ['Judged is that the deletion runs and reaches everything, not whether the periods are right.'],
  messages: {
    kept: { en: 'Last run of {at} reached everything.', de: 'Der letzte Lauf vom {at} erreichte alles.' },
    missed: { en: '{count} databases could not be reached.', de: '{count} Datenbanken waren nicht erreichbar.' },
    overdue: { en: 'No run ended in the last two days.', de: 'In den letzten zwei Tagen endete kein Lauf.' },
    first: { en: 'The first run is still to come.', de: 'Der erste Lauf steht noch aus.' },
  },
  judge({ retention: { lastEndedAt, missed, overdue } }) {
    if (overdue) return [fail('run', 'retention.overdue', 'overdue')]
    if (lastEndedAt === null) return [info('run', 'retention.lastEndedAt', 'first')]
    if (missed > 0) return [fail('run', 'retention.missed', 'missed', { count: missed })]
    return [pass('run', 'retention.lastEndedAt', 'kept', { at: lastEndedAt })]
  },
} satisfies Check<SeenSelfFacts, 'retention', typeof noParams>
