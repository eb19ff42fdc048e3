import type { TFunction } from 'i18next'
import { Problem } from './problem.ts'

/** What went wrong, as a sentence for the person at the screen. */
export function sentenceOf(error: unknown, t: TFunction): string {
  if (!(error instanceof Problem)) return t('error.page')
  if (error.code === 'unreachable') return t('error.unreachable')
  if (error.code === 'left') return t('error.left')
  if (error.code === 'passkey.left') return t('factor.passkeyLeft')
  return error.message === '' ? t('error.unknown', { status: error.status }) : error.message
}
