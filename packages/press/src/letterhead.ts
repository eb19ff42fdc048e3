import { contrastRatio, look } from './look.ts'

/**
 * What stands at the head of page, PDF and Word document: the publisher's logo, and one colour for headings. An edition
 * keeps the letterhead of its day.
 */
export interface Letterhead {
  readonly accent?: Accent
  readonly logo?: Logo
}

/** A colour for headings that can be read: `light` on paper, `dark` on the paper of the dark scheme, each `#rrggbb`. */
export interface Accent {
  readonly light: string
  readonly dark: string
}

/** A picture of the publisher's name, at most {@link logoLimits} large. */
export interface Logo {
  readonly type: 'image/png'
  readonly width: number
  readonly height: number
  /** The file, base64. */
  readonly bytes: string
}

/** What a logo may be: small enough that a page stays light with it, and a document too. */
export const logoLimits = { bytes: 16_384, width: 1_200, height: 600, least: 16 } as const

/** Contrast that text needs. @source WCAG 2.2, 1.4.3 */
const enough = 4.5

/** What came of a colour: an accent, or why it is none, with the nearest that is. */
export type AccentFound =
  | { readonly accent: Accent }
  | { readonly ratio: number; readonly nearest: string; readonly accent?: never }

/**
 * Makes an accent of a colour: as it is on paper, where it has to reach 4.5 : 1 on every ground that text is set on; for the
 * dark scheme as much lighter as that needs.
 *
 * @throws RangeError for a colour that is not `#rrggbb`
 */
export function accentOf(colour: string): AccentFound {
  const given = colour.toLowerCase()
  const { light, dark } = look.colours
  const lightGrounds = [light.paper, light.surface, '#ffffff']
  const least = leastOn(given, lightGrounds)
  if (least < enough) return { ratio: Math.floor(least * 10) / 10, nearest: towards(given, '#000000', lightGrounds) }
  return { accent: { light: given, dark: towards(given, '#ffffff', [dark.paper, dark.surface]) } }
}

function leastOn(colour: string, grounds: readonly string[]): number {
  return Math.min(...grounds.map((ground) => contrastRatio(colour, ground)))
}

/** The colour with as little of another one mixed in as it needs to be read. */
function towards(colour: string, end: string, grounds: readonly string[]): string {
  for (let step = 0; step < 100; step += 1) {
    const mixed = mix(colour, end, step / 100)
    if (leastOn(mixed, grounds) >= enough) return mixed
  }
  return end
}

function mix(colour: string, end: string, share: number): string {
  const channel = (from: string, at: number) => parseInt(from.slice(at, at + 2), 16)
  const mixed = [1, 3, 5].map((at) => Math.round(channel(colour, at) * (1 - share) + channel(end, at) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** The size at which a logo is shown, within a box, never larger than it is at twice the density. */
export function logoSize(
  { width, height }: Pick<Logo, 'width' | 'height'>,
  box: { readonly width: number; readonly height: number },
): { readonly width: number; readonly height: number } {
  const share = Math.min(1, box.width / width, box.height / height)
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) }
}
