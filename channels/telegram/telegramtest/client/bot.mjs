// A small bot that answers whatever people do, by grammY and nothing of ours.
// usage: node bot.mjs <address of the Bot API> <token>
import { Bot, InlineKeyboard, InputFile, InputMediaBuilder } from 'grammy'

const [apiRoot, token] = process.argv.slice(2)
const bot = new Bot(token, { client: { apiRoot } })

bot.on('message:text', async (ctx) => {
  if (ctx.message.text === 'album') {
    const picture = (name) => InputMediaBuilder.photo(new InputFile(Buffer.from(name), name))
    await ctx.replyWithMediaGroup([picture('one.png'), picture('two.png')])
    return
  }
  await ctx.replyWithChatAction('typing')
  const text = `echo: ${ctx.message.text}`
  await ctx.reply(text, {
    entities: [{ type: 'bold', offset: 0, length: 4 }],
    reply_parameters: { message_id: ctx.message.message_id },
    reply_markup: new InlineKeyboard().text('Again', 'again'),
  })
})

bot.on('message:document', async (ctx) => {
  const file = await ctx.getFile()
  const answer = await fetch(`${apiRoot}/file/bot${token}/${file.file_path}`)
  const bytes = Buffer.from(await answer.arrayBuffer())
  await ctx.replyWithDocument(new InputFile(bytes, 'copy.txt'), { caption: `${bytes.length} bytes` })
})

bot.on('edited_message:text', (ctx) => ctx.reply(`edited: ${ctx.editedMessage.text}`))
bot.on('message_reaction', (ctx) => ctx.api.setMessageReaction(ctx.chat.id, ctx.messageReaction.message_id, [{ type: 'emoji', emoji: '👌' }]))
bot.on('business_message', (ctx) => ctx.reply('from the business'))

bot.on('callback_query:data', async (ctx) => {
  await ctx.answerCallbackQuery()
  await ctx.editMessageText(`pressed: ${ctx.callbackQuery.data}`)
})

bot.catch((failure) => {
  console.error(failure.error)
  process.exit(1)
})
process.on('SIGTERM', () => bot.stop())
await bot.start({ allowed_updates: ['message', 'edited_message', 'callback_query', 'message_reaction', 'business_message'] })
