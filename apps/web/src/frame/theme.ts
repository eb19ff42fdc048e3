import { createTheme } from '@mantine/core'
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core'
import { look } from '@art32/press'

type Scheme = typeof look.colours.light

/** One colour in all ten shades that Mantine wants; the scheme's own value is set by the variables below. */
const ten = (name: keyof Scheme): MantineColorsTuple => {
  const variable = `var(--${name})`
  return [variable, variable, variable, variable, variable, variable, variable, variable, variable, variable]
}

/** Mantine with the tokens of the press: ink on paper, colour for outcome only. */
export const theme = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--code)',
  headings: { fontFamily: 'var(--serif)', fontWeight: '600' },
  primaryColor: 'ink',
  colors: { ink: ten('ink'), good: ten('good'), bad: ten('bad'), waiting: ten('waiting') },
  defaultRadius: 'xs',
  radius: { xs: '2px', sm: '2px', md: '3px', lg: '4px', xl: '6px' },
  fontSizes: { xs: 'var(--note)', sm: 'var(--small)', md: '1rem', lg: 'var(--text)', xl: 'var(--h3)' },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: ({ variant, color }) => {
    const own = color === 'bad' ? 'var(--bad)' : 'var(--ink)'
    if (variant === 'filled') {
      return {
        background: own,
        hover: `color-mix(in srgb, ${own} 88%, var(--paper))`,
        color: 'var(--paper)',
        border: '1px solid transparent',
      }
    }
    const border =
      variant === 'subtle' || variant === 'transparent' ? 'transparent' : color === 'bad' ? 'var(--bad)' : 'var(--edge)'
    return { background: 'transparent', hover: 'var(--surface)', color: own, border: `1px solid ${border}` }
  },
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'default' } },
    // A native dialog is in the top layer: what opens inside of it has to stay inside.
    Popover: { defaultProps: { withinPortal: false } },
    Combobox: { defaultProps: { withinPortal: false, shadow: 'none' } },
    Menu: { defaultProps: { withinPortal: false, shadow: 'none' } },
  },
})

/** Writes the tokens of the press, and Mantine's own variables in their terms, into one style element with the nonce. */
export const cssVariables: CSSVariablesResolver = () => {
  const { colours, fonts, scale, lineHeight, widths } = look
  return {
    variables: {
      '--serif': fonts.document,
      '--sans': fonts.interface,
      '--code': fonts.code,
      ...Object.fromEntries(Object.entries(scale).map(([name, rem]) => [`--${name}`, `${rem}rem`])),
      '--leading': String(lineHeight.text),
      '--tight': String(lineHeight.heading),
      '--measure': `${widths.measure}rem`,
      '--margin': `${widths.proofMargin}rem`,
      '--gutter': `${widths.gutter}rem`,
    },
    light: schemeVariables(colours.light),
    dark: schemeVariables(colours.dark),
  }
}

function schemeVariables(scheme: Scheme): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(scheme).map(([name, colour]) => [`--${name}`, colour])),
    '--mantine-color-body': scheme.paper,
    '--mantine-color-text': scheme.ink,
    '--mantine-color-bright': scheme.ink,
    '--mantine-color-dimmed': scheme.quiet,
    '--mantine-color-placeholder': scheme.quiet,
    '--mantine-color-anchor': scheme.ink,
    '--mantine-color-error': scheme.bad,
    '--mantine-color-default': scheme.paper,
    '--mantine-color-default-hover': scheme.surface,
    '--mantine-color-default-color': scheme.ink,
    '--mantine-color-default-border': scheme.edge,
    '--mantine-color-disabled': scheme.surface,
    '--mantine-color-disabled-color': scheme.quiet,
    '--mantine-color-disabled-border': scheme.rule,
    '--mantine-primary-color-contrast': scheme.paper,
    '--mantine-color-ink-contrast': scheme.paper,
  }
}
