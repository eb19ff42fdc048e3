import type { TFunction } from 'i18next'

/** Why a check could not look, in words; a reason without words stays as it is written. */
export function reasonWord(reason: string, t: TFunction): string {
  return t(`reason.${reason}` as 'reason.denied', { defaultValue: reason })
}
