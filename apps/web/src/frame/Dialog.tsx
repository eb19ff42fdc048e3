import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { closesOwnList } from './escape.ts'

/**
 * A native modal dialog: the browser keeps the focus inside, closes it by Escape and gives the focus back. It lies at the
 * end of the page, since a paragraph or a heading from which it is opened may hold no dialog.
 */
export function Dialog({
  title,
  opened,
  onClose,
  side = false,
  children,
}: {
  title: ReactNode
  opened: boolean
  onClose: () => void
  /** A drawer at the side instead of a sheet in the middle. */
  side?: boolean
  children: ReactNode
}) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (opened && dialog.current?.open === false) dialog.current.showModal()
    if (!opened) dialog.current?.close()
  }, [opened])
  useEffect(() => {
    if (!opened) return
    const keepOpen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && closesOwnList(event)) event.preventDefault()
    }
    document.addEventListener('keydown', keepOpen, true)
    return () => document.removeEventListener('keydown', keepOpen, true)
  }, [opened])
  return createPortal(
    <dialog ref={dialog} className={side ? 'dialog dialog-side' : 'dialog'} aria-labelledby={id} onClose={onClose}>
      {opened ? (
        <>
          <header className="panel-head">
            <h2 id={id}>{title}</h2>
            <button type="button" className="quiet-button" onClick={onClose} aria-label={t('action.close')}>
              ✕
            </button>
          </header>
          {children}
        </>
      ) : null}
    </dialog>,
    document.body,
  )
}
