import type { Page } from 'playwright-core'

/** What a page lacks for people who use a keyboard, a screen reader or a narrow screen; empty for a good one. */
export async function pageFaults(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const faults: string[] = []
    const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)].filter(shown)
    const name = (element: HTMLElement): string => {
      const by = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? []
      const labels =
        element instanceof HTMLInputElement ||
        element instanceof HTMLTextAreaElement ||
        element instanceof HTMLSelectElement
          ? [...(element.labels ?? [])]
          : []
      const texts = [
        ...by.map((id) => document.getElementById(id)?.textContent),
        element.getAttribute('aria-label'),
        ...labels.map((label) => label.textContent),
        element.textContent,
        element.getAttribute('title'),
        element.querySelector('img')?.alt,
      ]
      return texts.find((text) => text?.trim())?.trim() ?? ''
    }
    const tell = (element: Element) => element.outerHTML.slice(0, 120)

    if (!document.documentElement.lang) faults.push('the page has no language')
    if (!document.title.trim()) faults.push('the page has no title')
    if (all('h1').length !== 1) faults.push(`the page has ${all('h1').length} first headings`)
    if (all('main').length !== 1) faults.push(`the page has ${all('main').length} main parts`)
    let before = 0
    for (const heading of all('h1, h2, h3, h4, h5, h6')) {
      const level = Number(heading.tagName.slice(1))
      if (level > before + 1)
        faults.push(`a heading of level ${level} follows one of level ${before}: ${tell(heading)}`)
      before = level
    }
    for (const control of all(
      'button, a[href], input:not([type=hidden]), select, textarea, progress, [role=button], [role=link]',
    )) {
      if (!name(control)) faults.push(`nameless: ${tell(control)}`)
    }
    for (const image of all('img:not([alt])')) faults.push(`without a text: ${tell(image)}`)
    const ids = all('[id]').map(({ id }) => id)
    for (const id of new Set(ids.filter((one, position) => ids.indexOf(one) !== position)))
      faults.push(`the id ${id} twice`)
    const width = document.documentElement.scrollWidth
    if (width > window.innerWidth) faults.push(`${width} points wide on a screen of ${window.innerWidth}`)
    return faults
  })
}

/** Steps through a page with the tab key. @returns the steps at which nothing shows where one stands */
export async function invisibleFocus(page: Page, steps: number): Promise<string[]> {
  const faults: string[] = []
  for (let i = 0; i < steps; i++) {
    await page.keyboard.press('Tab')
    const fault = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return null
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      const marked = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
      return marked ? null : element.outerHTML.slice(0, 120)
    })
    if (fault !== null) faults.push(fault)
  }
  return faults
}
