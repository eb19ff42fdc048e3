import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { environmentOf, environments } from './environment.ts'
import type { Environment } from './environment.ts'

/** Moves a system with its connections to another environment; the reason goes into the ledger. */
export function MoveSystem({ systemId, name, from }: { systemId: string; name: string; from: Environment }) {
  const { t } = useTranslation()
  const others = environments.filter((environment) => environment !== from)
  const [asking, setAsking] = useState(false)
  const [environment, setEnvironment] = useState<Environment>(others[0] ?? 'production')
  const [reason, setReason] = useState('')
  const moving = useChange('system.move', {
    stale: ['connection.list', 'system.list', 'register.show'],
    quiet: true,
    onDone: () => setAsking(false),
  })
  const title = t('systems.moveOf', { name })
  return (
    <>
      <button type="button" className="text-button" aria-label={title} onClick={() => setAsking(true)}>
        {t('systems.move')}
      </button>
      <Dialog title={title} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('systems.moveText')}</p>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            moving.mutate({ systemId, environment, reason: reason.trim() })
          }}
        >
          <NativeSelect
            label={t('systems.environment')}
            value={environment}
            onChange={(event) => setEnvironment(environmentOf(event.currentTarget.value))}
            data={others.map((value) => ({ value, label: t(`systems.environments.${value}`) }))}
          />
          <Textarea
            label={t('systems.moveReason')}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={moving.error ? sentenceOf(moving.error, t) : undefined}
            required
            withAsterisk={false}
          />
          <div className="actions">
            <Button type="submit" variant="filled" loading={moving.isPending} disabled={reason.trim().length < 3}>
              {t('systems.move')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
