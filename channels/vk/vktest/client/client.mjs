// A bot written with vk-io against the fake: it answers what people write, in every way that the
// library offers, and says on its output what it saw. It ends when somebody writes "stop".
import { Agent } from 'node:http';
import { VK, Keyboard } from 'vk-io';

const [apiBaseUrl, token, group] = process.argv.slice(2);
const vk = new VK({ token, apiBaseUrl, pollingGroupId: Number(group), apiVersion: '5.199', apiRetryLimit: 0, agent: new Agent() });
const say = (what) => console.log(JSON.stringify(what));

vk.updates.on('message_new', async (context) => {
  say({ saw: 'message_new', text: context.text, photos: context.getAttachments('photo').length, from: context.senderId });
  if (context.text === 'stop') {
    await vk.updates.stop();
    process.exit(0);
  }
  if (context.text === 'picture') {
    await context.sendPhotos({ value: Buffer.from('PNG of the client'), filename: 'client.png' });
    say({ saw: 'sent', text: 'picture' });
    return;
  }
  const [user] = await vk.api.users.get({ user_ids: [context.senderId] });
  await context.reply(`Hello, ${user.first_name}`, {
    keyboard: Keyboard.keyboard([[Keyboard.callbackButton({ label: 'Yes', payload: { d: 'yes' } })]]).inline(),
  });
  say({ saw: 'sent', text: 'reply' });
});

vk.updates.on('message_event', async (context) => {
  say({ saw: 'message_event', data: context.eventPayload, message: context.conversationMessageId });
  await context.answer({ type: 'show_snackbar', text: 'Taken' });
  say({ saw: 'sent', text: 'answer' });
});

vk.updates.on('message_edit', (context) => say({ saw: 'message_edit', text: context.text }));

await vk.updates.startPolling();
say({ saw: 'start' });
