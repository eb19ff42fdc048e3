const scheme = 'data-mantine-color-scheme'

/** Paper is white, and browsers print no ground: what is dark on the screen is printed in the light scheme. */
export function printInLight(): void {
  const root = document.documentElement
  let chosen: string | null = null
  addEventListener('beforeprint', () => {
    chosen = root.getAttribute(scheme)
    root.setAttribute(scheme, 'light')
  })
  addEventListener('afterprint', () => {
    if (chosen !== null) root.setAttribute(scheme, chosen)
  })
}
