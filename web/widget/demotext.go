package widget

// words is one text in the languages of the sample shop.
type words struct{ en, ru, ar string }

// in returns the text in a language, English for one that the shop does not speak.
func (w words) in(lang string) string {
	switch lang {
	case "ru":
		return w.ru
	case "ar":
		return w.ar
	}
	return w.en
}

// demoText returns every fixed text of the sample shop by its key.
func demoText() map[string]words {
	return map[string]words{
		"title":     {"Leaf & Kettle: loose tea, sent fresh", "Лист и чайник: листовой чай свежей упаковки", "ورقة وإبريق: شاي سائب يصلك طازجًا"},
		"shop":      {"Leaf & Kettle", "Лист и чайник", "ورقة وإبريق"},
		"teas":      {"Teas", "Чай", "الشاي"},
		"brewing":   {"How to brew", "Как заварить", "كيفية التحضير"},
		"delivery":  {"Delivery", "Доставка", "التوصيل"},
		"cart":      {"Basket", "Корзина", "السلة"},
		"language":  {"Language", "Язык", "اللغة"},
		"headline":  {"Tea that still remembers the garden", "Чай, который помнит свой сад", "شاي ما زال يذكر بستانه"},
		"lead":      {"We buy small spring lots, pack them the week they arrive and send them the day you order.", "Берём небольшие весенние партии, фасуем в неделю поступления и отправляем в день заказа.", "نشتري كميات صغيرة من قطاف الربيع، ونعبئها أسبوع وصولها، ونرسلها يوم تطلبها."},
		"choose":    {"Choose a tea", "Выбрать чай", "اختر شايًا"},
		"ask":       {"Ask the tea master", "Спросить чайного мастера", "اسأل خبير الشاي"},
		"this":      {"This season", "Этот сезон", "هذا الموسم"},
		"grams":     {"100 g", "100 г", "100 غ"},
		"add":       {"Add to basket", "В корзину", "أضف إلى السلة"},
		"added":     {"In the basket", "В корзине", "في السلة"},
		"b1":        {"Warm the pot", "Прогрейте чайник", "سخّن الإبريق"},
		"b1t":       {"Rinse it with hot water and pour that out. Cold china takes ten degrees from your tea.", "Ополосните кипятком и слейте. Холодный фарфор отнимает у чая десять градусов.", "اشطفه بماء ساخن ثم أفرغه. الخزف البارد يسلب الشاي عشر درجات."},
		"b2":        {"Measure 4 g a cup", "Отмерьте 4 г на чашку", "4 غ لكل فنجان"},
		"b2t":       {"A heaped teaspoon for rolled oolong, two for airy white tea.", "Чайная ложка с горкой для скрученного улуна, две для пышного белого чая.", "ملعقة صغيرة ممتلئة للأولونغ الملفوف، وملعقتان للشاي الأبيض الخفيف."},
		"b3":        {"Mind the water", "Следите за водой", "انتبه للماء"},
		"b3t":       {"80 °C for green, 90 °C for oolong, a full boil for black and pu-erh.", "80 °C для зелёного, 90 °C для улуна, крутой кипяток для чёрного и пуэра.", "80 درجة للأخضر، و90 للأولونغ، والغليان التام للأسود والبو إر."},
		"d1":        {"Sent the same day when you order before 15:00", "Отправляем в тот же день при заказе до 15:00", "نرسل في اليوم نفسه إن طلبت قبل 15:00"},
		"d2":        {"Free from two packets on", "Бесплатно от двух упаковок", "مجانًا ابتداءً من علبتين"},
		"d3":        {"Not to your taste? Send it back within 30 days, opened or not", "Не понравился? Верните за 30 дней, даже открытым", "لم يعجبك؟ أعده خلال 30 يومًا، مفتوحًا أو مغلقًا"},
		"footer":    {"A sample shop: nothing is sold here. The chat in the corner is real.", "Это пример магазина: здесь ничего не продаётся. А чат в углу настоящий.", "هذا متجر تجريبي: لا يُباع هنا شيء. أما الدردشة في الزاوية فحقيقية."},
		"inbox":     {"Open the inbox", "Открыть входящие", "فتح صندوق الوارد"},
		"herolabel": {"A teapot pouring tea into a cup", "Чайник наливает чай в чашку", "إبريق يصب الشاي في فنجان"},
	}
}

// demoProduct is one tea of the sample shop.
type demoProduct struct {
	// Picture names the file under demo-assets.
	Picture          string
	Name, About      string
	Roubles, Dollars int
}

// demoProducts returns the shelf of the sample shop in a language.
func demoProducts(lang string) []demoProduct {
	tea := func(picture string, name, about words, roubles, dollars int) demoProduct {
		return demoProduct{Picture: picture, Name: name.in(lang), About: about.in(lang), Roubles: roubles, Dollars: dollars}
	}
	return []demoProduct{
		tea("oolong.svg", words{"Milky oolong", "Молочный улун", "أولونغ بالحليب"}, words{"Taiwan, rolled leaf. Cream, orchid, a long sweet finish.", "Тайвань, скрученный лист. Сливки, орхидея, долгое сладкое послевкусие.", "تايوان، أوراق ملفوفة. قشدة وأوركيد ومذاق حلو يدوم."}, 890, 14),
		tea("sencha.svg", words{"First-flush sencha", "Сенча первого сбора", "سنتشا القطفة الأولى"}, words{"Shizuoka, May picking. Fresh peas, sea air, clean bitterness.", "Сидзуока, майский сбор. Молодой горошек, морской воздух, чистая горчинка.", "شيزوكا، قطاف مايو. بازلاء غضة وهواء البحر ومرارة صافية."}, 1240, 19),
		tea("assam.svg", words{"Golden Assam", "Золотой ассам", "أسام الذهبي"}, words{"India, second flush. Malt and raisins; loves a drop of milk.", "Индия, второй сбор. Солод и изюм, дружит с молоком.", "الهند، القطفة الثانية. شعير وزبيب، ويحب قطرة حليب."}, 640, 10),
		tea("puerh.svg", words{"Aged pu-erh, 2016", "Выдержанный пуэр, 2016", "بو إر معتّق، 2016"}, words{"Yunnan, pressed cake. Walnut, dark bread, warm forest floor.", "Юньнань, прессованный блин. Грецкий орех, ржаной хлеб, тёплый лес.", "يونان، قرص مضغوط. جوز وخبز أسمر وأرض غابة دافئة."}, 1560, 24),
		tea("rooibos.svg", words{"Rooibos with vanilla", "Ройбос с ванилью", "رويبوس بالفانيليا"}, words{"No caffeine at all. Caramel and honey, good at midnight.", "Совсем без кофеина. Карамель и мёд, хорош и в полночь.", "بلا كافيين إطلاقًا. كراميل وعسل، طيب حتى عند منتصف الليل."}, 520, 8),
		tea("jasmine.svg", words{"Jasmine pearls", "Жасминовые жемчужины", "لآلئ الياسمين"}, words{"Fujian, scented over seven nights. Unrolls in the cup.", "Фуцзянь, семь ночей под жасмином. Раскрывается прямо в чашке.", "فوجيان، عُطّر سبع ليالٍ. يتفتح في الفنجان."}, 1390, 21),
	}
}
