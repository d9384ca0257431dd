// Word lists: written for Sabil from the closed word classes of Modern Standard Arabic (pronouns, prepositions,
// particles, demonstratives, relatives, auxiliaries); licence as the project; 2026-11.

import SabilRecords

extension LanguageProfile {
    /// Arabic: orthography folded, conjunctions, prepositions and article stripped, then Snowball.
    static let arabic = LanguageProfile(
        language: .arabic,
        stemmer: "arabic",
        stripsArabicPrefixes: true,
        elisions: "d l",
        joinedHeads: "o",
        // The stemmer takes the ب of these for a preposition.
        stemExceptions: """
            بطاقه: بطاقة بطاقات
            برنامج: برنامج
            برامج: برامج
            بطاله: بطالة
            بيانات: بيانات
            بلدان: بلدان
            """,
        stopwords: """
            في من إلى على عن مع منذ حتى خلال بعد قبل بين عند عندما لدى لدي أمام خلف فوق تحت حول ضد دون \
            بدون عبر نحو سوى غير ضمن لأجل بسبب رغم وفق وفقا حسب إزاء تجاه أثناء و أو أم ثم ف ب ك ل لكن \
            لكنه لكنها بل أن إن أنه أنها أنهم إنه إنها إذ إذا لو لولا لأن لأنه لأنها كي لكي كما كأن \
            حيث حين حينما بينما كلما قد لقد سوف لا لم لن ليس ليست ليسوا لما إلا أما إما هو هي هما هم \
            هن أنا نحن أنت أنتم هذا هذه هذان هاتان هؤلاء ذلك تلك أولئك هنا هناك هنالك الذي التي اللذان \
            اللتان الذين اللاتي اللواتي له لها لهم لهن لنا لي لك به بها بهم بنا فيه فيها فيهم منه منها \
            منهم عنه عنها عنهم إليه إليها إليهم عليه عليها عليهم معه معها معهم كان كانت كانوا يكون \
            تكون يكونون ليكون كنت أصبح أصبحت كل كلا كلتا بعض جميع أي أية نفس نفسه نفسها ذات ذو ذي ذوي \
            أحد إحدى آخر أخرى أيضا فقط جدا كذلك هكذا لذلك لذا بذلك مثل مما ممن فيما عما بما إنما ربما \
            مهما طالما حالما أيا وهو وهي وهذا وهذه وذلك وقد وكان وكانت التالي التالية تم يتم
            """,
        questionWords: """
            ما ماذا من متى أين كيف كم هل لماذا أي أية لم بماذا أيان أنى مَن
            """)
}
