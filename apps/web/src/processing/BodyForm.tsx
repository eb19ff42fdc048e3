import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/use-api.ts'
import { Refusal } from '../customer/Refusal.tsx'
import { stale } from './activity.ts'
import type { RecordShown } from './activity.ts'

const fields = ['name', 'address', 'contact', 'representative', 'dpo'] as const

/** Who we are, as both records begin. */
export function BodyForm({ body, onDone }: { body: RecordShown['body']; onDone: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(body)
  const setting = useChange('processing.set_body', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        setting.mutate({ body: typed })
      }}
    >
      {fields.map((one) => (
        <Textarea
          key={one}
          autosize
          minRows={one === 'name' ? 1 : 2}
          maxLength={one === 'name' ? 300 : 500}
          label={t(`processing.who.${one}`)}
          value={typed[one]}
          onChange={(event) => setTyped({ ...typed, [one]: event.currentTarget.value })}
        />
      ))}
      <Refusal error={setting.error} />
      <Button type="submit" variant="filled" loading={setting.isPending}>
        {t('customer.save')}
      </Button>
    </form>
  )
}
