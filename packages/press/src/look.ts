import type { Tone } from './assurance.ts'

/** Colours of one scheme, `#rrggbb`. Outside of {@link Tone} there is only paper and ink: colour is for outcome only. */
export interface Scheme extends Readonly<Record<Tone, string>> {
  readonly paper: string
  /** Panels that open on the paper. */
  readonly surface: string
  readonly ink: string
  /** Secondary text. */
  readonly quiet: string
  /** Borders of controls. */
  readonly edge: string
  /** Hairlines; decoration without meaning. */
  readonly rule: string
}

/** The design of the whole product as data: page, workplace and PDF use the same. */
export interface Look {
  readonly colours: { readonly light: Scheme; readonly dark: Scheme }
  readonly fonts: { readonly document: string; readonly interface: string; readonly code: string }
  /** Sizes of type in rem. */
  readonly scale: Readonly<Record<'note' | 'small' | 'text' | 'h3' | 'h2' | 'h1', number>>
  readonly lineHeight: { readonly text: number; readonly heading: number }
  /** Distances in rem, on a grid of 4 px. */
  readonly spacing: readonly number[]
  /** Widths in rem; below `phone` the proof margin moves under the text. */
  readonly widths: {
    readonly measure: number
    readonly proofMargin: number
    readonly gutter: number
    readonly phone: number
  }
  /** The printed page: sizes of type in pt, distances in mm. */
  readonly print: {
    readonly sizes: Readonly<Record<'note' | 'small' | 'text' | 'h3' | 'h2' | 'h1', number>>
    readonly proofMargin: number
    readonly gutter: number
  }
}

/** The tokens; `docs/guides/look.md` gives the reasons and a test keeps both equal. */
export const look: Look = {
  colours: {
    light: {
      paper: '#fdfcf9',
      surface: '#f4f1ea',
      ink: '#1f1c18',
      quiet: '#5e584f',
      edge: '#857d71',
      rule: '#ddd7cc',
      good: '#1b6a3c',
      vouched: '#1d5b8c',
      plain: '#5e584f',
      waiting: '#825200',
      bad: '#ac2018',
    },
    dark: {
      paper: '#181715',
      surface: '#23211e',
      ink: '#ebe7df',
      quiet: '#b3aca0',
      edge: '#8b8478',
      rule: '#3d3a35',
      good: '#7fcf9e',
      vouched: '#92c4ee',
      plain: '#b3aca0',
      waiting: '#e5b55e',
      bad: '#ff9c90',
    },
  },
  fonts: {
    document:
      "'Source Serif 4 Variable', 'Source Serif 4', Charter, 'Iowan Old Style', Georgia, 'Times New Roman', serif",
    interface: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif",
    code: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  },
  scale: { note: 0.8125, small: 0.9375, text: 1.125, h3: 1.25, h2: 1.5, h1: 2.25 },
  lineHeight: { text: 1.5, heading: 1.2 },
  spacing: [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4],
  widths: { measure: 36, proofMargin: 13, gutter: 2, phone: 46 },
  print: {
    sizes: { note: 7.5, small: 8.5, text: 10.5, h3: 11.5, h2: 14, h1: 24 },
    proofMargin: 38,
    gutter: 7,
  },
}

/** WCAG 2.2 success criterion of a pair of colours: text 4.5 : 1 (1.4.3), parts of controls and signs 3 : 1 (1.4.11). */
export interface ContrastRule {
  readonly on: 'paper' | 'surface'
  readonly colour: Exclude<keyof Scheme, 'paper' | 'surface' | 'rule'>
  readonly atLeast: number
}

/** Every pair of colours that the product sets on each other. */
export const contrastRules: readonly ContrastRule[] = (['paper', 'surface'] as const).flatMap((on) => [
  ...(['ink', 'quiet', 'good', 'vouched', 'plain', 'waiting', 'bad'] as const).map((colour) => ({
    on,
    colour,
    atLeast: 4.5,
  })),
  { on, colour: 'edge' as const, atLeast: 3 },
])

/**
 * Contrast of two colours, from 1 to 21.
 *
 * @throws RangeError for a colour that is not `#rrggbb`
 * @source WCAG 2.2, "contrast ratio" and "relative luminance"
 */
export function contrastRatio(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const channels = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (!channels) throw new RangeError(`The colour ${colour} is not of the form #rrggbb.`)
  const [red, green, blue] = channels.slice(1).map((hex) => linear(parseInt(hex, 16) / 255)) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
