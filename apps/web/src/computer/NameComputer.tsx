import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ComputerView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'

/** Gives a computer its name; one that came by itself is known from then on. */
export function NameComputer({ computer }: { computer: ComputerView }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [name, setName] = useState(computer.declared ? computer.name : '')
  const naming = useChange('computer.name', {
    stale: ['computer.list', 'connection.list', 'system.list'],
    quiet: true,
    onDone: () => setAsking(false),
  })
  const title = t('computers.nameOf', { name: computer.name })
  return (
    <>
      <button type="button" className="text-button" aria-label={title} onClick={() => setAsking(true)}>
        {t('computers.name')}
      </button>
      <Dialog title={title} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('computers.nameText')}</p>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            naming.mutate({ connectionId: computer.connectionId, name: name.trim() })
          }}
        >
          <TextInput
            label={t('computers.name')}
            description={t('computers.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={naming.error ? sentenceOf(naming.error, t) : undefined}
            required
            withAsterisk={false}
            maxLength={200}
            autoComplete="off"
          />
          <div className="actions">
            <Button type="submit" variant="filled" loading={naming.isPending} disabled={name.trim() === ''}>
              {t('computers.nameSubmit')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
