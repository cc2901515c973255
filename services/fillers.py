"""Words that people put around what they mean: articles, «I worked as», «I am looking for», «years», «thank you».

They never name an occupation, so a search leaves them out. Folded, by language; what serves only as part of a name
(«social worker») is not here.
"""

from services.folding import words

_WORDS = {
    "en": (
        "a an the i im ive am was were is are be been being my me we you he she as of in on at to for from by with and or"
        " not no yes job jobs work works worked working employed employment occupation profession career position vacancy"
        " want wanted wanna would like looking look seeking seek need find get do did done doing have had has can could"
        " some any something anything year years experience currently now before used last time previously maybe"
        " please hello hi hey thanks thank dont don't know t s m ve ll that this there what who which kind sort sometimes"
    ),
    "ru": (
        "я мы он она это как в во на и или по с со из у к о об за для от до при не нет да бы ли же то а но мне меня мой моя"
        " был была были быть есть стать работа работу работы работе работой работал работала работали работаю работает"
        " работать работник трудился трудилась трудоустроиться устроиться ищу искал искала нужна нужен нужно хочу хотел"
        " хотела хотелось могу умею умел умела профессия профессии специальность специальности должность должности вакансия"
        " вакансии года год лет годы месяц месяца стаж стажем опыт опытом раньше сейчас потом всегда последнее время"
        " пожалуйста здравствуйте привет спасибо знаю незнаю любая любую что кто то где там тут просто занимался занималась"
    ),
    "kk": (
        "мен мын біз ол бұл сол менің маған мені және не немесе емес иә жоқ жұмыс жұмысы жұмысын жұмыста жұмысқа істеймін"
        " істедім істегенмін істеген істейтін істеу жасаймын жасадым жасағанмын жасаған іздеймін іздеп іздеу жүрмін керек"
        " болып болдым болған болғанмын болғым болу боламын келеді едім еді екен деп ретінде үшін туралы бойынша кейін бұрын"
        " қазір жыл жылдан жылы тәжірибе тәжірибем мамандық мамандығы мамандығым кәсіп кәсібім қызмет қызметін білмеймін"
        " білмеймiн сәлем сәлеметсіз бе рахмет өтінемін қандай нәрсе бір тұрмын тұрған қаламын кезде"
    ),
    "es": (
        "yo el la los las un una unos lo le me mi mis de del al a en con por para y e o u que como no si se su es son fue"
        " soy era fui ser estar estoy estaba estuve trabajo trabajos trabaje trabajaba trabajado trabajando trabajar"
        " empleo puesto oficio profesion ocupacion vacante busco buscando buscar quiero quisiera querria necesito gustaria"
        " hago hacia hacer hice tengo tenia tener experiencia ano anos mes meses antes ahora ultimo ultima tiempo sido he"
        " hola gracias favor se nada algo cualquier cosa muy mas donde cuando dedico dedicaba desempenaba"
    ),
    "fr": (
        "je j ai as a avais ete etais etait suis suit est sont etre le la les l un une des de du d au aux en dans sur par pour"
        " avec et ou que qui qu comme ce cet cette ca c mon ma mes me moi m ne n pas importe non oui se s y"
        " travail travaille travaillais travailler emploi job boulot metier profession recherche cherche chercher veux"
        " voudrais aimerais besoin fais faisais faire fait experience an ans annee annees mois avant maintenant dernier"
        " derniere temps toujours bonjour merci sais rien quelque chose quel tres plus chez exerce exercais tant"
    ),
    "ar": (
        "انا كنت اكون كان كانت هو هي هذا هذه في من على الى الي عن مع او و لا ليس نعم ما لم لن اي ان انني اني"
        " عمل اعمل عملت العمل يعمل تعمل عملي شغل اشتغل اشتغلت الشغل شغلي وظيفه الوظيفه وظيفتي مهنه المهنه مهنتي ابحث"
        " ادور اريد ابغي ابغى عايز بدي احتاج اعرف ادري سنه سنوات سنين اعوام خبره خبرتي سابقا حاليا الان قبل كل"
        " لدي عندي مرحبا السلام عليكم شكرا لو سمحت فضلك شيء مش حاجه بصفتي بوظيفه كعامل"
    ),
}

FILLERS = {language: frozenset(words(listed)) for language, listed in _WORDS.items()}
FILLERS["kk"] |= FILLERS["ru"]
"""By language; Kazakh speakers mix in Russian."""

ALL_FILLERS = frozenset[str]().union(*FILLERS.values())
