import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

type Delivery = Output<'webhook.history'>['deliveries'][number]

/** What was sent to a webhook lately, and what came of it. */
export function Deliveries({ webhookId, isActive }: { webhookId: string; isActive: boolean }) {
  const { t } = useTranslation()
  const history = useRead('webhook.history', { webhookId }, { refetchInterval: 3_000 })
  return (
    <div className="row-below">
      <Loaded read={history}>
        {({ deliveries }) =>
          deliveries.length === 0 ? (
            <p className="note quiet">{t('webhook.noDeliveries')}</p>
          ) : (
            <ul>
              {deliveries.map((delivery) => (
                <Row key={delivery.deliveryId} delivery={delivery} isActive={isActive} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  )
}

function Row({ delivery, isActive }: { delivery: Delivery; isActive: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const again = useChange('webhook.send_again', { stale: ['webhook.history'] })
  const { deliveryId, type, at, state, tries, status, problem, nextAt } = delivery
  const when = moment(at, language)
  const parts = [
    t(`webhook.delivery.${state}`),
    t('webhook.tries', { count: tries }),
    ...(status === null ? [] : [t('webhook.answer', { status })]),
    ...(problem === null ? [] : [t(`webhook.problem.${problem}`)]),
    ...(nextAt === null || tries === 0 ? [] : [t('webhook.next', { moment: moment(nextAt, language) })]),
  ]
  return (
    <li className="webhook-delivery">
      <span>
        <code>{type}</code> {when}
        <br />
        <span className={state === 'failed' ? 'note bad' : 'note quiet'}>{parts.join(' · ')}</span>
      </span>
      {isActive && state !== 'waiting' ? (
        <Button
          size="compact-sm"
          loading={again.isPending}
          onClick={() => again.mutate({ deliveryId })}
          aria-label={t('webhook.againOf', { type, when })}
        >
          {t('webhook.again')}
        </Button>
      ) : null}
    </li>
  )
}
