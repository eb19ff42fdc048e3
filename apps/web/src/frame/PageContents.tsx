import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Entry = { readonly id: string; readonly title: string }

/**
 * Links to the sections of a long page. They are read from the page itself, because sections come and go with what is
 * there: a second list of them would lead to some that are not.
 */
export function PageContents() {
  const { t } = useTranslation()
  const nav = useRef<HTMLElement>(null)
  const [entries, setEntries] = useState<readonly Entry[]>([])
  useEffect(() => {
    const page = nav.current?.closest('main')
    if (!page) return
    const read = () => {
      const now = entriesOf(page)
      setEntries((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now))
    }
    read()
    const observer = new MutationObserver(read)
    observer.observe(page, { childList: true, characterData: true, subtree: true })
    return () => observer.disconnect()
  }, [])
  return (
    <nav ref={nav} className="page-contents" aria-label={t('document.contents')} hidden={entries.length < 2}>
      <ul>
        {entries.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function entriesOf(page: Element): Entry[] {
  return [...page.querySelectorAll('.section > h2[id]')].map(({ id, textContent }) => ({ id, title: textContent }))
}
