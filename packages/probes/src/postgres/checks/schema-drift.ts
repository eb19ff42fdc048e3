import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PostgresFacts } from '../facts.ts'

const params = z.object({
  approved: field(
    z
      .string()
      .regex(/^([0-9a-f]{64})?$/)
      .default(''),
    {
      label: { en: 'Hash of the approved structure', de: 'Hash der freigegebenen Struktur' },
      help: {
        en: 'As this check tells it after the deployment of a release',
        de: 'Wie ihn diese Prüfung nach dem Ausrollen einer Version nennt',
      },
    },
  ),
})

export const pgSchemaDrift = {
  id: 'pg.schema-drift',
  version: 1,
  connector: 'postgres',
  title: {
    en: 'The structure of the database is the approved one',
    de: 'Die Struktur der Datenbank ist die freigegebene',
  },
  why: {
    en: 'A table, right or rule that was changed by hand is in no release, was reviewed by nobody, and comes back with the next restore or goes with it.',
    de: 'Eine von Hand geänderte Tabelle, Berechtigung oder Regel steht in keiner Version, wurde von niemandem geprüft und kommt oder geht mit der nächsten Wiederherstellung.',
  },
  remedy: {
    en: 'Compare the two readings line by line; undo the change, or put it into a migration, deploy it, and approve the new hash.',
    de: 'Die beiden Stände Zeile für Zeile vergleichen; die Änderung rückgängig machen oder als Migration ausrollen und den neuen Hash freigeben.',
  },
  severity: 'medium',
  serves: [
    { measure: 'configuration-monitoring', as: 'proves' },
    { measure: 'data-integrity-checks', as: 'supports' },
  ],
  params,
  reads: ['schema'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.9', 'ISO/IEC 27001:2022 A.8.32'],
  sources: ['https://www.postgresql.org/docs/current/catalogs.html'],
  pitfalls: [
    'Described are tables, columns, types, constraints, indexes, rules of row security, triggers, functions, extensions, owners and rights; partitions, sizes and statistics change by themselves and are left out, and so is what belongs to an extension.',
    'A new major version of PostgreSQL writes some definitions differently: approve the hash anew after the change of version.',
    'An update of an extension is a change, too: its version is a line of the description.',
    'Texts in expressions are not kept; a short hash of the line stands for them.',
  ],
  messages: {
    same: {
      en: 'The structure of {objects} objects is as approved.',
      de: 'Die Struktur von {objects} Objekten ist wie freigegeben.',
    },
    unapproved: {
      en: 'No structure is approved yet; that of the {objects} objects seen has the hash {hash}.',
      de: 'Noch ist keine Struktur freigegeben; die der {objects} gesehenen Objekte hat den Hash {hash}.',
    },
    drifted: {
      en: 'The structure of {objects} objects has the hash {hash}; approved is {approved}.',
      de: 'Die Struktur von {objects} Objekten hat den Hash {hash}; freigegeben ist {approved}.',
    },
  },
  baseline: ({ schema }) => ({ approved: schema.hash }),
  judge({ schema: { hash, objects } }, { approved }) {
    if (approved === '') return [info('structure', 'schema.hash', 'unapproved', { objects, hash })]
    return hash === approved
      ? [pass('structure', 'schema.hash', 'same', { objects })]
      : [fail('structure', ['schema.hash', 'schema.entries'], 'drifted', { objects, hash, approved })]
  },
} satisfies Check<PostgresFacts, 'schema', typeof params>
