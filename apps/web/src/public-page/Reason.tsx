import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'

interface Asked {
  /** What the button says that begins and the one that does it. */
  readonly label: string
  /** The same with what it is about, for who hears it. */
  readonly about: string
  readonly isPending: boolean
  readonly error: Error | null
  readonly onReason: (reason: string) => void
}

/** A change that is recorded with a reason: first the button, then the question why. */
export function Reason({ label, about, isPending, error, onReason }: Asked) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<string | null>(null)
  if (reason === null)
    return (
      <div className="public-deed">
        <button type="button" className="text-button" onClick={() => setReason('')} aria-label={about}>
          {label}
        </button>
      </div>
    )
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        onReason(reason.trim())
      }}
    >
      <TextInput
        label={t('public.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={error ? sentenceOf(error, t) : undefined}
        required
        withAsterisk={false}
        maxLength={500}
        autoComplete="off"
      />
      <Button type="submit" size="compact-sm" loading={isPending}>
        {label}
      </Button>
    </form>
  )
}
