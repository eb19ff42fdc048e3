import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../frame/Dialog.tsx'
import { AddLine } from './LineActions.tsx'

/** Adds the first line below a heading. */
export function AddFirst({ behind, onAdded }: { behind: string; onAdded: (id: string) => void }) {
  const { t, i18n } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <button type="button" className="text-button add-first" lang={i18n.language} onClick={() => setOpened(true)}>
        {t('line.addFirst')}
      </button>
      <Dialog title={t('line.addFirst')} opened={opened} onClose={() => setOpened(false)}>
        <AddLine
          behind={behind}
          onAdded={(id) => {
            setOpened(false)
            onAdded(id)
          }}
          onCancel={() => setOpened(false)}
        />
      </Dialog>
    </>
  )
}
