import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { useConnectors } from '../check/connector.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { ConnectorForm, settingsOf } from './ConnectorForm.tsx'
import type { Entered } from './ConnectorForm.tsx'

/** Enters the settings of a connection anew, as after a secret was changed. What was entered before is not shown. */
export function EnterSettings({ connection: { id, connector, target } }: { connection: ConnectionView }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [entered, setEntered] = useState<Entered>({})
  const known = useConnectors().find((one) => one.id === connector)
  const entering = useChange('connection.enter', {
    stale: ['connection.list'],
    quiet: true,
    onDone() {
      setEntered({})
      setAsking(false)
    },
  })
  if (!known || known.fields.length === 0) return null
  return (
    <>
      <button
        type="button"
        className="text-button"
        aria-label={t('connect.enterOf', { target })}
        onClick={() => setAsking(true)}
      >
        {t('connect.enter')}
      </button>
      <Dialog title={t('connect.enterTitle')} opened={asking} onClose={() => setAsking(false)}>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            const settings = settingsOf(known.fields, entered)
            if (settings) entering.mutate({ connectionId: id, settings })
          }}
        >
          <p>{t('connect.enterText', { target })}</p>
          <ConnectorForm connector={known} entered={entered} onEnter={setEntered} />
          {entering.error ? (
            <p className="field-problem" role="alert">
              {sentenceOf(entering.error, t)}
            </p>
          ) : null}
          <div className="actions">
            <Button type="submit" variant="filled" loading={entering.isPending}>
              {t('connect.enterSubmit')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
