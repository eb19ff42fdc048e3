import type { Locator, Page } from 'playwright-core'

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
    for (const dialog of all('dialog[open]'))
      if (dialog.scrollWidth > dialog.clientWidth)
        faults.push(`${dialog.scrollWidth} points within a dialog of ${dialog.clientWidth}`)
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
    const fault = await unseenFocus(page)
    if (fault !== null) faults.push(fault)
  }
  return faults
}

/** What has the focus although nothing shows it; null where it is seen, or where nothing has it. */
export async function unseenFocus(page: Page): Promise<string | null> {
  return await page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return null
    const isMarked = (one: Element, part?: '::after') => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one, part)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    }
    // A field within a frame or behind a drawn switch, and a button that reaches over its line, show it there.
    const { parentElement: parent, nextElementSibling: drawn } = element
    const marked = [element, parent, parent?.parentElement, drawn].some(
      (one) =>
        one?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) === true &&
        (isMarked(one) || isMarked(one, '::after')),
    )
    return marked ? null : element.outerHTML.slice(0, 120)
  })
}

/** Goes by one key until the goal has the focus. @throws Error where it does not get there, or stands unseen on the way */
export async function walkTo(page: Page, goal: Locator, key = 'Tab'): Promise<void> {
  await goal.waitFor()
  for (let step = 0; step < 80; step++) {
    if (await goal.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
    const unseen = await unseenFocus(page)
    if (unseen !== null) throw new Error(`nothing shows where the keyboard stands: ${unseen}`)
  }
  throw new Error(`the keyboard does not get to ${goal.toString()} by ${key}`)
}
