import type { Sign } from '@art32/press'
import type { TFunction } from 'i18next'
import type { Operation, Output } from '../api/api.ts'

type Leaver = Pick<Output<'leaving.list'>['leaving'][number], 'counts' | 'hasLeft' | 'provenAt'>

/** What changes when somebody leaves or is looked at. */
export const stale = [
  'leaving.list',
  'leaving.show',
  'person.list',
  'holder.list',
] as const satisfies readonly Operation[]

const glyphs = { good: '●', vouched: '◐', plain: '○', waiting: '△', bad: '▲' } as const

/** A state with its sign: never by colour alone. */
export function said(tone: keyof typeof glyphs, word: string): Sign {
  return { tone, glyph: glyphs[tone], word: { en: word, de: word } }
}

/** How it stands with somebody who leaves: open first, then what nobody could look at. */
export function leaverSign({ counts, hasLeft, provenAt }: Leaver, t: TFunction): Sign {
  if (!hasLeft) return said('waiting', t('leaving.state.coming'))
  if (counts.open > 0) return said('bad', t('leaving.state.open', { count: counts.open }))
  if (counts.unseen > 0) return said('waiting', t('leaving.state.unseen', { count: counts.unseen }))
  if (provenAt === null) return said('plain', t('leaving.state.none'))
  return counts.said > 0 ? said('vouched', t('leaving.state.said')) : said('good', t('leaving.state.proven'))
}

/** How an account stands. */
export function accountSign(
  { state, unseen }: Pick<Output<'leaving.show'>['accounts'][number], 'state' | 'unseen'>,
  t: TFunction,
): Sign {
  if (unseen !== null) return said('waiting', t('leaving.account.unseen'))
  if (state === 'open') return said('bad', t('leaving.account.open'))
  return said(state === 'said' ? 'vouched' : 'good', t(`leaving.account.${state}`))
}
