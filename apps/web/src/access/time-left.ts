import type { TFunction } from 'i18next'

/** How long until an instant, in days, hours or minutes; rounded up, so that it never says less than there is. */
export function timeLeft(until: string, t: TFunction, now = Date.now()): string {
  const minutes = Math.max(0, Math.ceil((Date.parse(until) - now) / 60_000))
  if (minutes <= 90) return t('grant.minutes', { count: minutes })
  const hours = Math.ceil(minutes / 60)
  return hours <= 48 ? t('grant.hours', { count: hours }) : t('grant.days', { count: Math.ceil(hours / 24) })
}
