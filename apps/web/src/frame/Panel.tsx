import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useEffectEvent, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './Dialog.tsx'
import { closesOwnList } from './escape.ts'

/** From this width on the proof opens beside the document; below it, over it. */
export const besideQuery = '(min-width: 70rem)'

/** What opens beside the document: a column on a wide screen, a drawer elsewhere. Escape closes both. */
export function Panel({ title, onClose, children }: { title: ReactNode; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  const beside = useMediaQuery(besideQuery, undefined, { getInitialValueInEffect: false })
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (beside) heading.current?.focus({ preventScroll: true })
  }, [beside])
  const leave = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape' && !closesOwnList(event)) onClose()
  })
  useEffect(() => {
    if (!beside) return
    document.addEventListener('keydown', leave, true)
    return () => document.removeEventListener('keydown', leave, true)
  }, [beside])
  if (!beside) {
    return (
      <Dialog title={title} opened onClose={onClose} side>
        {children}
      </Dialog>
    )
  }
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="quiet-button" onClick={onClose} aria-label={t('action.close')}>
          ✕
        </button>
      </header>
      {children}
    </section>
  )
}
