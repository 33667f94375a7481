package load

import "parley/inbox"

// What seeded people are called and say: both languages, with words that a search
// finds often and words that it finds rarely.
var (
	priorities = []inbox.Priority{inbox.Normal, inbox.Normal, inbox.Normal, inbox.Low, inbox.High, inbox.Urgent}
	firstNames = []string{"Анна", "Мария", "Иван", "Олег", "Пётр", "Алёна", "Семён", "Ольга", "John", "Emma", "Liam", "Sofia", "Артём", "Дарья", "Lucas", "Nina"}
	lastNames  = []string{"Абрамова", "Белов", "Воронин", "Гусева", "Дёмин", "Ершова", "Жуков", "Зайцева", "Smith", "Brown", "Müller", "Costa", "Королёв", "Лебедева", "Novak", "Ferri"}
	questions  = []string{
		"Здравствуйте! Когда привезут мой заказ?", "Подскажите, пожалуйста, есть ли доставка в воскресенье?", "Оплата прошла, а статус не изменился.",
		"Хочу вернуть товар, не подошёл размер.", "Можно ли поменять адрес доставки?", "Спасибо, всё получил!", "Чек не пришёл на почту.",
		"Hello, where is my parcel?", "I would like to change the delivery address.", "The invoice has a wrong amount.", "Do you ship to Norway?",
		"Велосипед скрипит на третьей передаче.", "Сколько стоит гравировка?", "Промокод не срабатывает.", "Is the green tea organic?",
	}
	answers = []string{
		"Добрый день! Сейчас проверю.", "Курьер приедет завтра с десяти до двух.", "Возврат оформлен, деньги придут в течение трёх дней.",
		"Адрес поменяли, спасибо за терпение.", "Отправили чек ещё раз.", "Good afternoon! Let me check this for you.", "Your parcel arrives tomorrow.",
		"We corrected the invoice and sent it again.", "Пожалуйста! Обращайтесь.", "Скидка применена вручную.", "Yes, we ship there within a week.",
	}
)
