import { strFromU8, unzipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderDocx } from './docx.ts'
import { exampleEdition, fullEdition } from './example-edition.ts'
import { accentOf, logoLimits, logoSize } from './letterhead.ts'
import { contrastRatio, look } from './look.ts'
import { pageStyle } from './page-style.ts'
import { renderPage } from './page.ts'
import { renderPdfs } from './pdf.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('accentOf', () => {
  it('takes what can be read on paper as it is, and lightens it for the dark scheme until it can be read there', () => {
    expect(accentOf('#1D5B8C').accent?.light).toBe('#1d5b8c')
    fc.assert(
      fc.property(colour, (given) => {
        const { accent } = accentOf(given)
        if (!accent) return
        const { light, dark } = look.colours
        for (const ground of ['#ffffff', light.paper, light.surface])
          expect(contrastRatio(accent.light, ground)).toBeGreaterThanOrEqual(4.5)
        for (const ground of [dark.paper, dark.surface])
          expect(contrastRatio(accent.dark, ground)).toBeGreaterThanOrEqual(4.5)
      }),
    )
  })

  it('refuses what cannot, with its ratio and the nearest that can', () => {
    fc.assert(
      fc.property(colour, (given) => {
        const found = accentOf(given)
        if (found.accent) return
        expect(found.ratio).toBeLessThan(4.5)
        expect(accentOf(found.nearest).accent?.light).toBe(found.nearest)
      }),
    )
    expect(accentOf('#ffd400')).toEqual({ ratio: 1.2, nearest: '#826c00' })
  })

  it('refuses what is no colour', () => {
    expect(() => accentOf('red')).toThrow(RangeError)
  })
})

describe('logoSize', () => {
  it('fits the box and never grows', () => {
    expect(logoSize({ width: 1_200, height: 300 }, { width: 256, height: 64 })).toEqual({ width: 256, height: 64 })
    expect(logoSize({ width: 32, height: 16 }, { width: 256, height: 64 })).toEqual({ width: 32, height: 16 })
    expect(logoSize({ width: 16, height: 600 }, { width: 256, height: 64 })).toEqual({ width: 2, height: 64 })
  })
})

describe('an edition with a letterhead', () => {
  const edition = fullEdition('de')
  const { letterhead: _, ...without } = edition

  it('shows logo and colour on the page, in both schemes, and asks nobody else for them', () => {
    const { html, css } = renderPage(edition, { logoUrl: '/e/logo.png' })
    expect(html).toContain('<img class="logo" src="/e/logo.png" alt="" width="32" height="16" />')
    expect(css).toContain(`--accent:${edition.letterhead?.accent?.light}`)
    expect(css).toContain(`--accent:${edition.letterhead?.accent?.dark}`)
    expect(renderPage(edition).html).toContain('src="data:image/png;base64,')
    const plain = renderPage(without)
    expect(plain.html).not.toContain('<img')
    expect(plain.css).not.toContain('--accent:')
  })

  it('refuses a colour that would be more than a colour', () => {
    expect(() => pageStyle(undefined, { light: '#fff}body{display:none', dark: '#ffffff' })).toThrow(RangeError)
  })

  it('keeps the page light: the logo is at most a sixth of its weight', () => {
    expect(logoLimits.bytes).toBeLessThanOrEqual(102_400 / 6)
  })

  it('sets them in both PDFs, and differs from one without', async () => {
    const [on, off] = [await renderPdfs(edition), await renderPdfs(without)]
    const pictures = (pdf: Uint8Array) =>
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Subtype\s*\/Image/g)?.length ?? 0
    expect([pictures(on.accessible) > 0, pictures(on.archive) > 0]).toEqual([true, true])
    expect([pictures(off.accessible), pictures(off.archive)]).toEqual([0, 0])
  })

  it('sets them in the Word document, whose headings have the colour', async () => {
    const parts = unzipSync(await renderDocx(edition))
    const names = Object.keys(parts)
    const picture = names.find((name) => name.startsWith('word/media/'))
    expect(Buffer.from(parts[picture ?? ''] ?? []).toString('base64')).toBe(edition.letterhead?.logo?.bytes)
    const styles = strFromU8(parts['word/styles.xml'] ?? new Uint8Array())
    const { accent } = edition.letterhead ?? {}
    expect(styles).toContain(`w:val="${accent?.light.slice(1).toUpperCase()}"`)
    expect(strFromU8(parts['word/document.xml'] ?? new Uint8Array())).toContain('descr="Example Software GmbH"')
    const bare = Object.keys(unzipSync(await renderDocx(exampleEdition('de'))))
    expect(bare.filter((name) => name.startsWith('word/media/'))).toEqual([])
  })
})
