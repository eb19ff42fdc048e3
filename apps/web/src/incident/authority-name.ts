import type { Output } from '../api/api.ts'

/** An authority as a list names it: the state first, so that it is found. */
export function authorityName({ country, area, name }: Output<'incident.authorities'>['authorities'][number]): string {
  return `${country}${area === '' ? '' : ` · ${area}`} · ${name}`
}
