import type { Comparison, FactChange } from './compare.ts'
import type { Text } from './text.ts'

const longest = 200

/** A change as a readable line. */
export function sayChange(comparison: Comparison, change: FactChange): Text {
  const { en, de } = comparison.say?.(change) ?? usual(change)
  return { en: plain(en), de: plain(de) }
}

/** Attacker-controlled: a name may hold signs that turn a line around or break it. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 3 * longest)
}

function usual({ kind, group, place, within, before, after }: FactChange): Text {
  const inside = within.length === 0 ? '' : ` ${within.join(' › ')}`
  const field = place
    .slice(group.length + 1)
    .split('.')
    .map(spaced)
    .join(' ')
  const where = `${spaced(group)}${inside}`
  const at = field === '' ? where : `${where}: ${field}`
  // A record that came or went is called by its name already.
  const what = (value: unknown) => (within.length > 0 && typeof value === 'object' ? '' : `: ${shown(value)}`)
  if (kind === 'added') return { en: `${at} added${what(after)}`, de: `${at} hinzugekommen${what(after)}` }
  if (kind === 'removed') return { en: `${at} removed${what(before)}`, de: `${at} weggefallen${what(before)}` }
  if (kind === 'moved') return { en: `${at}: in another order`, de: `${at}: in anderer Reihenfolge` }
  return { en: `${at}: ${shown(before)} → ${shown(after)}`, de: `${at}: ${shown(before)} → ${shown(after)}` }
}

/** A value of facts in a line: short, and recognisable where it is nothing. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  const text =
    typeof value === 'string'
      ? value
      : typeof value === 'object'
        ? Array.isArray(value)
          ? value.map(shown).join(', ')
          : Object.entries(value)
              .map(([key, one]) => `${spaced(key)} ${shown(one)}`)
              .join(', ')
        : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** `deleteProtection` as `delete protection`. */
function spaced(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, (_all, end: string, start: string) => `${end} ${start.toLowerCase()}`)
}
