import { longMoment } from '@art32/press'
import { findIndexes, witnessedHead } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { EditionDependencies, EditionRow } from '../edition/index.ts'

type Language = 'en' | 'de'

/**
 * Who vouches for the ledger of a tenant by now, as sentences for its page. The edition itself was signed before they
 * answered, and so it cannot say it.
 */
export async function vouchedFor(
  tx: TenantContext,
  dependencies: EditionDependencies,
  row: EditionRow,
  language: Language,
): Promise<string[]> {
  if (dependencies.witnessing.names.length === 0) return []
  const head = await witnessedHead(tx, dependencies)
  if (head === null) return [words[language].none]
  const index = (await findIndexes(tx.sql, [row.commitment])).get(row.commitment.toString('base64'))
  const within = index !== undefined && index < head.size
  const say = words[language]
  return head.witnesses.map(({ name, time }) =>
    say.cosigned(name, longMoment(time.toISOString(), language), head.size, within),
  )
}

const words = {
  en: {
    none: 'By now no witness has cosigned this ledger.',
    cosigned: (name: string, time: string, size: number, within: boolean) =>
      `By now the witness ${name} has cosigned, by its own clock ${time}: it covers the first ${size} leaves of this ledger, ${within ? 'with this edition' : 'and this edition not yet'}. The proof bundle holds the cosignature.`,
  },
  de: {
    none: 'Bis jetzt hat kein Zeuge dieses Journal mitgezeichnet.',
    cosigned: (name: string, time: string, size: number, within: boolean) =>
      `Inzwischen hat der Zeuge ${name} mitgezeichnet, nach seiner eigenen Uhr ${time}: Das deckt die ersten ${size} Blätter dieses Journals, ${within ? 'mit dieser Fassung' : 'diese Fassung noch nicht'}. Das Nachweispaket enthält die Mitzeichnung.`,
  },
}
