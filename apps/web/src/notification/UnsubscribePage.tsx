import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { Page } from '../frame/Page.tsx'

/** Ends letters by the link in one of them, without signing in. A button, since programs open links by themselves. */
export function UnsubscribePage() {
  const { t } = useTranslation()
  const { token = '' } = useSearch({ from: '/unsubscribe' })
  const ending = useMutation({ mutationFn: () => call('notification.unsubscribe', { token }) })
  return (
    <Page title={t('unsubscribe.title')} lead={t('unsubscribe.lead')}>
      <div role="status">{ending.isSuccess ? <p>{t('unsubscribe.done')}</p> : null}</div>
      {ending.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(ending.error, t)}
        </p>
      ) : null}
      {ending.isSuccess ? null : (
        <p className="actions">
          <Button variant="filled" loading={ending.isPending} onClick={() => ending.mutate()}>
            {t('unsubscribe.submit')}
          </Button>
        </p>
      )}
    </Page>
  )
}
